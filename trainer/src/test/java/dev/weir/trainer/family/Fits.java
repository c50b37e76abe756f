package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.MixedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What tests of families have in common. */
public final class Fits {
  private record Holder(ModelConfig model) {}

  private Fits() {}

  /** A preprocessor with the defaults, for features of a {@link Manifold}. */
  public static Preprocessor preprocessor(TimeSplit split) {
    return preprocessor(
        FeatureSpec.numeric(Manifold.NAMES.subList(0, split.training().width())), split);
  }

  /** A preprocessor with the defaults. */
  public static Preprocessor preprocessor(FeatureSpec features, TimeSplit split) {
    return new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false).fit(features);
  }

  /** A family's config from settings within {@code model}. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it fails in the test if wrong
  public static <C extends ModelConfig> C config(String... settings) {
    List<String> keys = Arrays.stream(settings).map(setting -> "model." + setting).toList();
    return (C) ConfigReader.of(keys, Holder.class).model();
  }

  /** A model of features of a {@link Manifold}. */
  public static FittedModel fit(TimeSplit split, String... settings) {
    return ModelFitter.of(config(settings), TrainingProgress.SILENT)
        .fit(preprocessor(split), split);
  }

  /** A model of {@link MixedRows}, whose preprocessor also says which values are missing. */
  public static FittedModel fitMixed(TimeSplit split, String... settings) {
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, true)
            .fit(MixedRows.FEATURES);
    return ModelFitter.of(config(settings), TrainingProgress.SILENT).fit(preprocessor, split);
  }

  /** Windows of rows on the manifold, with missing values, extreme ones, and a constant column. */
  public static TimeSplit difficult(int window) {
    Manifold manifold = new Manifold(3);
    Random random = new Random(4);
    float[] values = manifold.withGaps(manifold.rows(1000), 0.1).copy();
    for (int i = 0; i < values.length; i += Manifold.WIDTH) {
      values[i + 3] = 5;
      if (random.nextInt(50) == 0) {
        values[i + 6] = (float) (1e9 * random.nextGaussian());
      }
    }
    return split(Rows.of(values, Manifold.WIDTH), window);
  }

  /** Windows of features of all types, some of their values missing. */
  public static TimeSplit mixed(int window) {
    return split(MixedRows.of(600, 0.15), window);
  }

  private static TimeSplit split(Rows rows, int window) {
    LinkedRows linked = LinkedRows.ofOneKey(rows);
    Samples samples = Samples.of(linked.rows(), linked.previous(), window);
    int part = samples.count() * 7 / 10;
    Samples rest = samples.slice(part, samples.count());
    return new TimeSplit(samples.slice(0, part), rest, rest);
  }

  /**
   * The graph scores as the model does; contributions are not negative and sum to the score; a
   * sample without any value scores 0.
   */
  public static void assertExport(FittedModel model, Samples samples, Path folder)
      throws Exception {
    double[] own = model.scores(samples);
    assertThat(own).doesNotContain(Double.NaN).hasSize(samples.count());
    assertThat(ExportCheck.compare(own, OnnxScores.of(model.export(), samples)))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    int width = samples.width();
    Samples nothing = nothing(samples.window(), width);
    assertThat(model.scores(nothing)).containsExactly(0);
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      GraphRun.Output output = graph.run(samples);
      for (int i = 0; i < samples.count(); i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          float contribution = output.contributions()[i * width + j];
          assertThat(contribution).isGreaterThanOrEqualTo(0).isFinite();
          sum += contribution;
        }
        assertThat(sum).isCloseTo(output.score()[i], within(1e-4 * (1 + sum)));
      }
      assertThat(output.expected()).doesNotContain(Float.NaN);
      assertThat(graph.run(nothing).score()).containsExactly(0);
      assertThat(graph.run(nothing).contributions()).containsOnly(0);
    }
  }

  /** One sample without any value. */
  public static Samples nothing(int window, int width) {
    float[] values = new float[window * width];
    Arrays.fill(values, Float.NaN);
    LinkedRows linked = LinkedRows.ofOneKey(Rows.of(values, width));
    return Samples.of(linked.rows(), linked.previous(), window);
  }

  public static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
