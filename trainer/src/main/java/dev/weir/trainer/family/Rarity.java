package dev.weir.trainer.family;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.trainer.calibration.CalibrationFitter;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOperator;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * How rare a score is among normal ones, {@code r = -ln P(S >= s)}: the scale on which the scores
 * of different models can be compared and added.
 *
 * <p>The body is piecewise linear between quantiles, {@code 1 - F}; above the tail's threshold
 * {@code u} the generalised Pareto tail adds {@code ln(1 + ξ (s - u) / σ) / ξ}. The shape is
 * {@value #LOWEST_SHAPE} at least, so that the rarity rises without end, and no two scores beyond
 * all calibration rows count as equally rare.
 */
final class Rarity {
  private static final int KNOTS = 64;
  private static final double LOWEST_SHAPE = 0.1;

  private final double[] knots;
  private final double[] rises;
  private final double threshold;
  private final double shape;
  private final double scale;

  private Rarity(double[] knots, double[] rises, double threshold, double shape, double scale) {
    this.knots = knots;
    this.rises = rises;
    this.threshold = threshold;
    this.shape = shape;
    this.scale = scale;
  }

  /** Learns it from the scores of rows that a model was not fitted on, float64 {@code [n]}. */
  static Rarity fit(double[] scores) {
    Calibration calibration = CalibrationFitter.fit(scores);
    ParetoTail tail = calibration.tail();
    double shape = Math.max(LOWEST_SHAPE, tail.shape());
    // The mean excess is kept: σ / (1 - ξ) of the fitted tail, whose shape is below 1.
    double meanExcess = tail.scale() / (1 - Math.min(0.9, tail.shape()));
    double scale = tail.shape() >= LOWEST_SHAPE ? tail.scale() : meanExcess * (1 - shape);
    double[] quantiles = calibration.quantiles();
    int count = Math.min(KNOTS, quantiles.length);
    double[] knots = new double[count];
    double[] rises = new double[count - 1];
    for (int i = 0; i < count; i++) {
      knots[i] = (float) quantiles[place(i, count, quantiles.length)];
    }
    for (int i = 0; i < rises.length; i++) {
      int steps = place(i + 1, count, quantiles.length) - place(i, count, quantiles.length);
      rises[i] = steps * (1 - tail.exceedanceRate()) / (quantiles.length - 1);
    }
    return new Rarity(knots, rises, (float) tail.threshold(), shape, scale);
  }

  /** Which of the quantiles a knot is. */
  private static int place(int knot, int knots, int quantiles) {
    return (int) ((long) knot * (quantiles - 1) / (knots - 1));
  }

  /** The rarity of a score, 0 or more. */
  double of(double score) {
    double below = 0;
    for (int i = 0; i < rises.length; i++) {
      below += rises[i] * Math.max(0, Math.min(1, (score - knots[i]) / width(i)));
    }
    double excess = Math.max(0, score - threshold);
    return -Math.log(1 - below) + Math.log1p(shape * excess / scale) / shape;
  }

  /** Equal quantiles make a step, which a graph has as a very steep slope. */
  private double width(int i) {
    return Math.max(knots[i + 1] - knots[i], 1e-6 * Math.max(1e-6, Math.abs(knots[i + 1])));
  }

  /** The same in a graph: {@code [n, 1]} of scores {@code [n]}. */
  ONNXNode append(GraphFrame frame, ONNXNode scores) {
    ONNXContext context = frame.context();
    ONNXInitializer one = context.constant("one", 1f);
    ONNXInitializer zero = context.constant("zero", 0f);
    ONNXNode column = frame.reshaped(scores, -1, 1);
    float[] starts = new float[rises.length];
    float[] widths = new float[rises.length];
    for (int i = 0; i < rises.length; i++) {
      starts[i] = (float) knots[i];
      widths[i] = (float) width(i);
    }
    ONNXInitializer weights =
        context.floatTensor(
            "rises",
            List.of(rises.length, 1),
            buffer -> {
              for (double rise : rises) {
                buffer.put((float) rise);
              }
            });
    ONNXNode below =
        column
            .apply(ONNXOperators.SUB, context.array("knots", starts))
            .apply(ONNXOperators.DIV, context.array("widths", widths))
            .apply(GraphOperator.CLIP, List.of(zero, one))
            .apply(GraphOperator.MATMUL, weights);
    ONNXNode body =
        context
            .operation(ONNXOperators.SUB, List.of(one, below), "above", Map.of())
            .apply(GraphOperator.LOG);
    ONNXNode tail =
        column
            .apply(ONNXOperators.SUB, context.constant("threshold", (float) threshold))
            .apply(GraphOperator.CLIP, List.of(zero))
            .apply(ONNXOperators.MUL, context.constant("steepness", (float) (shape / scale)))
            .apply(ONNXOperators.ADD, one)
            .apply(GraphOperator.LOG)
            .apply(ONNXOperators.DIV, context.constant("shape", (float) shape));
    return tail.apply(ONNXOperators.SUB, body);
  }
}
