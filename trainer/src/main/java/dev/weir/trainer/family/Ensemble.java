package dev.weir.trainer.family;

import dev.weir.trainer.config.Combination;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOperator;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.SomMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * Several fitted models in one: the score is how rare the members find a sample, together.
 *
 * <p>A feature's contribution is its share in each member's score, weighted by the member's {@link
 * Rarity}; expected is what the member expects that finds the sample rarest.
 */
final class Ensemble implements FittedModel {
  private final EnsembleConfig config;
  private final Preprocessor preprocessor;
  private final List<Member> members;

  Ensemble(EnsembleConfig config, Preprocessor preprocessor, List<Member> members) {
    this.config = config;
    this.preprocessor = preprocessor;
    this.members = List.copyOf(members);
  }

  /** One of the models, and how rare its scores are. */
  record Member(FittedModel model, Rarity rarity) {}

  @Override
  public String family() {
    return EnsembleConfig.ENSEMBLE;
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Preprocessor preprocessor() {
    return preprocessor;
  }

  @Override
  public double[] scores(Samples samples) {
    double[][] rarities = new double[members.size()][];
    for (int k = 0; k < rarities.length; k++) {
      Member member = members.get(k);
      rarities[k] = member.model().scores(samples.last(member.model().window()));
      for (int i = 0; i < rarities[k].length; i++) {
        rarities[k][i] = member.rarity().of(rarities[k][i]);
      }
    }
    double[] scores = new double[samples.count()];
    double[] ofSample = new double[members.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int k = 0; k < ofSample.length; k++) {
        ofSample[k] = rarities[k][i];
      }
      scores[i] = combine(config.combine(), ofSample);
    }
    return scores;
  }

  /** The score of one sample, from its rarity by each member. */
  static double combine(Combination combination, double[] rarities) {
    double sum = 0;
    double largest = 0;
    for (double rarity : rarities) {
      sum += rarity;
      largest = Math.max(largest, rarity);
    }
    return switch (combination) {
      case FISHER -> sum;
      case MINIMUM -> largest;
      case MEAN -> {
        // Of the least rare member the probability is the largest, and rules the mean.
        double least = Double.POSITIVE_INFINITY;
        for (double rarity : rarities) {
          least = Math.min(least, rarity);
        }
        double shifted = 0;
        for (double rarity : rarities) {
          shifted += Math.exp(least - rarity);
        }
        yield least - Math.log(shifted / rarities.length);
      }
    };
  }

  /** The first member's that is one; it says the cell, too. */
  @Override
  public Optional<SomMap> map() {
    return members.stream().flatMap(member -> member.model().map().stream()).findFirst();
  }

  @Override
  public GraphOutputs append(GraphFrame frame) {
    List<GraphOutputs> outputs = new ArrayList<>();
    List<ONNXNode> columns = new ArrayList<>();
    Map<String, GraphOutputs.Extra> others = new LinkedHashMap<>();
    for (Member member : members) {
      GraphOutputs own = member.model().append(frame.last(member.model().window()));
      outputs.add(own);
      columns.add(member.rarity().append(frame, own.score()));
      own.others().forEach(others::putIfAbsent);
    }
    ONNXNode rarities =
        frame.context().operation(ONNXOperators.CONCAT, columns, "rarities", Map.of("axis", 1));
    ONNXNode score = combined(frame, rarities);
    return new GraphOutputs(
        score,
        contributions(frame, outputs, columns, score),
        expected(frame, outputs, columns, rarities),
        others);
  }

  private ONNXNode combined(GraphFrame frame, ONNXNode rarities) {
    ONNXContext context = frame.context();
    return switch (config.combine()) {
      case FISHER ->
          rarities.apply(
              ONNXOperators.REDUCE_SUM,
              context.array("members", new long[] {1}),
              Map.of("keepdims", 0));
      case MINIMUM ->
          rarities.apply(GraphOperator.REDUCE_MAX, Map.of("axes", new int[] {1}, "keepdims", 0));
      case MEAN -> {
        ONNXNode least =
            rarities
                .apply(ONNXOperators.NEG)
                .apply(GraphOperator.REDUCE_MAX, Map.of("axes", new int[] {1}, "keepdims", 1))
                .apply(ONNXOperators.NEG);
        ONNXNode shifted =
            least
                .apply(ONNXOperators.SUB, rarities)
                .apply(GraphOperator.EXP)
                .apply(
                    ONNXOperators.REDUCE_SUM,
                    context.array("members", new long[] {1}),
                    Map.of("keepdims", 1))
                .apply(ONNXOperators.DIV, context.constant("count", (float) members.size()))
                .apply(GraphOperator.LOG);
        yield frame.reshaped(least.apply(ONNXOperators.SUB, shifted), -1);
      }
    };
  }

  /** Each member's shares, weighted by its rarity, brought to the sum of the score. */
  private ONNXNode contributions(
      GraphFrame frame, List<GraphOutputs> outputs, List<ONNXNode> rarities, ONNXNode score) {
    ONNXContext context = frame.context();
    ONNXInitializer tiny = context.constant("tiny", 1e-30f);
    ONNXNode sum = null;
    for (int k = 0; k < outputs.size(); k++) {
      ONNXNode memberScore = frame.reshaped(outputs.get(k).score(), -1, 1);
      ONNXNode shares =
          outputs
              .get(k)
              .contributions()
              .apply(ONNXOperators.DIV, memberScore.apply(ONNXOperators.ADD, tiny));
      ONNXNode weighted = shares.apply(ONNXOperators.MUL, rarities.get(k));
      sum = sum == null ? weighted : sum.apply(ONNXOperators.ADD, weighted);
    }
    ONNXNode total =
        sum.apply(
                ONNXOperators.REDUCE_SUM,
                context.array("features", new long[] {1}),
                Map.of("keepdims", 1))
            .apply(ONNXOperators.ADD, tiny);
    return sum.apply(ONNXOperators.DIV, total)
        .apply(ONNXOperators.MUL, frame.reshaped(score, -1, 1));
  }

  /** What the member expects that finds a sample rarest, the first of several. */
  private ONNXNode expected(
      GraphFrame frame, List<GraphOutputs> outputs, List<ONNXNode> columns, ONNXNode rarities) {
    ONNXContext context = frame.context();
    ONNXNode rarest =
        rarities.apply(GraphOperator.ARG_MAX, Map.of("axis", 1, "keepdims", 1)).cast(float.class);
    ONNXNode expected = outputs.get(0).expected();
    for (int k = 1; k < columns.size(); k++) {
      ONNXNode chosen = rarest.apply(GraphOperator.EQUAL, context.constant("member", (float) k));
      expected = chosen.apply(ONNXOperators.WHERE, List.of(outputs.get(k).expected(), expected));
    }
    return expected;
  }

  @Override
  public Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("combine", config.combine().name());
    for (int k = 0; k < members.size(); k++) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("family", members.get(k).model().family());
      own.putAll(members.get(k).model().hyperparameters());
      settings.put("member" + (k + 1), own);
    }
    return settings;
  }

  @Override
  public List<EpochReport> epochs() {
    return List.of();
  }
}
