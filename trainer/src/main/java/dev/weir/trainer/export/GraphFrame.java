package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import dev.weir.trainer.network.Standardizer;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What every family's graph begins and ends with.
 *
 * <p>It begins with imputation and scaling: {@code z = clip((x - mean) / scale)}, where a missing
 * {@code x} is the median. It ends with a reconstruction's squared error, the mean over the values
 * that are present in the row, split over the features; and with the expected values in the
 * features' own units. A row without any value scores 0.
 */
final class GraphFrame {
  private static final int IR_VERSION = 7;

  private final ONNXContext context = new ONNXContext();
  private final Standardizer standardizer;
  private final ONNXInitializer means;
  private final ONNXInitializer scales;
  private final ONNXNode missing;
  private final ONNXNode standardized;

  GraphFrame(String name, Standardizer standardizer) {
    this.standardizer = standardizer;
    context.setName(name);
    ONNXPlaceholder features = context.floatInput("features", standardizer.width());
    means = context.array("means", standardizer.means());
    scales = context.array("scales", standardizer.scales());
    missing = features.apply(GraphOperator.IS_NAN);
    ONNXNode imputed =
        missing.apply(
            ONNXOperators.WHERE,
            List.of(context.array("medians", standardizer.medians()), features));
    standardized =
        imputed
            .apply(ONNXOperators.SUB, means)
            .apply(ONNXOperators.DIV, scales)
            .apply(
                GraphOperator.CLIP,
                List.of(
                    context.constant("lowest", -standardizer.clip()),
                    context.constant("highest", standardizer.clip())));
  }

  ONNXContext context() {
    return context;
  }

  /** The standardised rows, {@code [n, d]}. */
  ONNXNode standardized() {
    return standardized;
  }

  /**
   * Ends the graph with the error of a reconstruction.
   *
   * @param reconstruction of the standardised rows, {@code [n, d]}
   */
  OnnxModel endWithError(ONNXRef<?> reconstruction) {
    int width = standardizer.width();
    ONNXInitializer nothing = context.constant("nothing", 0f);
    ONNXInitializer one = context.constant("one", 1f);
    ONNXInitializer overFeatures = context.array("features", new long[] {1});
    ONNXNode present =
        missing
            .apply(ONNXOperators.WHERE, List.of(nothing, one))
            .apply(ONNXOperators.REDUCE_SUM, overFeatures, Map.of("keepdims", 1))
            .apply(GraphOperator.CLIP, List.of(one));
    ONNXNode error = standardized.apply(ONNXOperators.SUB, reconstruction);
    ONNXNode share = error.apply(ONNXOperators.MUL, error).apply(ONNXOperators.DIV, present);
    ONNXNode contributions = missing.apply(ONNXOperators.WHERE, List.of(nothing, share));
    ONNXNode score =
        contributions.apply(ONNXOperators.REDUCE_SUM, overFeatures, Map.of("keepdims", 0));
    ONNXNode expected =
        context
            .operation(ONNXOperators.MUL, List.of(reconstruction, scales), "unscaled", Map.of())
            .apply(ONNXOperators.ADD, means);
    score.assignTo(context.floatOutput("score", 1));
    contributions.assignTo(context.floatOutput("contributions", width));
    expected.assignTo(context.floatOutput("expected", width));
    return new OnnxModel(model(context.buildGraph()).toByteArray());
  }

  private static OnnxMl.ModelProto model(OnnxMl.GraphProto graph) {
    OnnxMl.GraphProto.Builder outputs = graph.toBuilder();
    for (OnnxMl.ValueInfoProto.Builder output : outputs.getOutputBuilderList()) {
      if (output.getName().equals("score")) {
        // Tribuo makes outputs of two dimensions only; the score has one.
        output.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().removeDim(1);
      }
    }
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("weir")
        .addOpsetImport(GraphOperator.RELU.opsetProto())
        .setGraph(outputs)
        .build();
  }
}
