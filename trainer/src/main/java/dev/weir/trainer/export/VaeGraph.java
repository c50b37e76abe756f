package dev.weir.trainer.export;

import dev.weir.trainer.network.VaeWeights;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/** A variational autoencoder in a graph, with the score of one kind. */
public final class VaeGraph {
  /**
   * Added to each column's error where a divergence is split by it, so that there is a split of an
   * error of nothing, too.
   */
  public static final float LEAST_ERROR = 1e-6f;

  private final GraphFrame frame;
  private final ONNXContext context;
  private final VaeWeights weights;
  private final ONNXNode means;
  private final ONNXNode logVariances;

  /** Appends the encoder. */
  public VaeGraph(GraphFrame frame, VaeWeights weights) {
    this.frame = frame;
    this.weights = weights;
    context = frame.context();
    ONNXNode posterior = DenseGraph.append(frame, frame.flattened(), weights.encoder());
    int latents = weights.latents();
    means = frame.gathered(posterior, range(0, latents));
    logVariances =
        frame
            .gathered(posterior, range(latents, 2 * latents))
            .apply(
                GraphOperator.CLIP,
                List.of(
                    context.constant("smallest", -VaeWeights.LOG_VARIANCE_BOUND),
                    context.constant("largest", VaeWeights.LOG_VARIANCE_BOUND)));
  }

  private static long[] range(int first, int end) {
    return LongStream.range(first, end).toArray();
  }

  /** The squared error of what is decoded from the posterior's mean. */
  public GraphOutputs reconstruction() {
    return frame.reconstructed(DenseGraph.append(frame, means, weights.decoder()));
  }

  /**
   * The negative evidence lower bound for each value; the divergence is split over the features as
   * the error is.
   */
  public GraphOutputs evidenceLowerBound(double beta) {
    ONNXNode decoded = DenseGraph.append(frame, means, weights.decoder());
    ONNXNode errors =
        frame
            .squaredError(frame.flattened(), decoded)
            .apply(
                ONNXOperators.MUL,
                context.constant("precision", (float) (1 / (2 * weights.variance()))))
            .apply(ONNXOperators.ADD, context.constant("least", LEAST_ERROR));
    GraphOutputs error = frame.outputs(byRow(errors), newest(decoded));
    // Above zero wherever a value is present, by the least error.
    ONNXNode sum =
        error
            .contributions()
            .apply(
                ONNXOperators.REDUCE_SUM,
                context.array("features", new long[] {1}),
                Map.of("keepdims", 1));
    ONNXNode shares =
        error
            .contributions()
            .apply(
                ONNXOperators.DIV,
                sum.apply(GraphOperator.CLIP, List.of(context.constant("tiny", 1e-20f))));
    ONNXNode contributions =
        shares
            .apply(ONNXOperators.MUL, divergence(beta))
            .apply(ONNXOperators.ADD, error.contributions());
    return new GraphOutputs(
        contributions.apply(
            ONNXOperators.REDUCE_SUM,
            context.array("features", new long[] {1}),
            Map.of("keepdims", 0)),
        contributions,
        error.expected());
  }

  /** {@code β/2 Σ (μ² + σ² - 1 - log σ²) / wd}, {@code [n, 1]}. */
  private ONNXNode divergence(double beta) {
    double scale = beta / (2.0 * frame.window() * frame.preprocessor().width());
    return means
        .apply(ONNXOperators.MUL, means)
        .apply(ONNXOperators.ADD, logVariances.apply(GraphOperator.EXP))
        .apply(ONNXOperators.SUB, context.constant("one", 1f))
        .apply(ONNXOperators.SUB, logVariances)
        .apply(
            ONNXOperators.REDUCE_SUM,
            context.array("latents", new long[] {1}),
            Map.of("keepdims", 1))
        .apply(ONNXOperators.MUL, context.constant("divergenceScale", (float) scale));
  }

  /**
   * The mean negative log-likelihood under what is decoded from samples of the posterior.
   *
   * @param noise {@code ε} of the samples, {@code [l, k]}
   */
  public GraphOutputs reconstructionProbability(float[] noise) {
    int latents = weights.latents();
    int samples = noise.length / latents;
    int width = frame.window() * frame.preprocessor().columnCount();
    ONNXNode drawn =
        frame
            .reshaped(deviations(), -1, 1, latents)
            .apply(
                ONNXOperators.MUL,
                context.floatTensor(
                    "noise", List.of(samples, latents), buffer -> buffer.put(noise)))
            .apply(ONNXOperators.ADD, frame.reshaped(means, -1, 1, latents));
    ONNXNode decoded =
        frame.reshaped(
            DenseGraph.append(frame, frame.reshaped(drawn, -1, latents), weights.decoder()),
            -1,
            samples,
            2L * width);
    ONNXNode given = frame.gathered(decoded, range(0, width));
    ONNXNode precision =
        frame
            .gathered(decoded, range(width, 2 * width))
            .apply(
                GraphOperator.CLIP,
                List.of(
                    context.constant("leastDoubt", -VaeWeights.DOUBT_BOUND),
                    context.constant("mostDoubt", VaeWeights.DOUBT_BOUND)))
            .apply(ONNXOperators.MUL, context.constant("minusOne", -1f))
            .apply(ONNXOperators.SIGMOID);
    float half = (float) (1 / (2 * VaeWeights.LOWEST_VARIANCE));
    ONNXNode surprise =
        frame
            .squaredError(frame.reshaped(frame.flattened(), -1, 1, width), given)
            .apply(ONNXOperators.MUL, precision)
            .apply(ONNXOperators.MUL, context.constant("precision", half))
            .apply(
                ONNXOperators.SUB,
                precision
                    .apply(GraphOperator.LOG)
                    .apply(ONNXOperators.MUL, context.constant("half", 0.5f)));
    return frame.outputs(byRow(overSamples(surprise)), newest(overSamples(given)));
  }

  private ONNXNode deviations() {
    return logVariances
        .apply(ONNXOperators.MUL, context.constant("half", 0.5f))
        .apply(GraphOperator.EXP);
  }

  private ONNXNode overSamples(ONNXNode node) {
    return node.apply(ONNXOperators.REDUCE_MEAN, Map.of("axes", new int[] {1}, "keepdims", 0));
  }

  /** {@code [n, w · e]} as {@code [n, e]}, or as {@code [n, w, e]} with a window. */
  private ONNXNode byRow(ONNXNode columns) {
    return frame.window() == 1
        ? columns
        : frame.reshaped(columns, -1, frame.window(), frame.preprocessor().columnCount());
  }

  private ONNXNode newest(ONNXNode columns) {
    return frame.newest(byRow(columns));
  }
}
