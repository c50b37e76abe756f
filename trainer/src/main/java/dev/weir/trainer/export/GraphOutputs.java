package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.util.onnx.ONNXNode;

/**
 * What a family's part of a graph gives.
 *
 * @param score float32 {@code [n]}; larger is more anomalous
 * @param contributions float32 {@code [n, d]}: each feature's part of the score, not negative
 * @param expected float32 {@code [n, d]}: the newest row as it should be, in the features' own
 *     units
 * @param others what a family gives besides, by name; each has one number a sample, of the given
 *     type
 */
public record GraphOutputs(
    ONNXNode score, ONNXNode contributions, ONNXNode expected, Map<String, Extra> others) {

  /** ONNX's number of 64-bit integers among the types of tensor elements. */
  public static final int INT64 = OnnxMl.TensorProto.DataType.INT64_VALUE;

  public GraphOutputs(ONNXNode score, ONNXNode contributions, ONNXNode expected) {
    this(score, contributions, expected, Map.of());
  }

  public GraphOutputs {
    others = new LinkedHashMap<>(others);
  }

  /**
   * An output of a family's own.
   *
   * @param node of shape {@code [n]}
   * @param elementType one of ONNX's types of tensor elements, as its number
   */
  public record Extra(ONNXNode node, int elementType) {}
}
