package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/** Operators of ONNX opset 13 that Tribuo's own list lacks. */
public enum GraphOperator implements ONNXOperator {
  IS_NAN("IsNaN", 1, 0),
  CLIP("Clip", 1, 2),
  RELU("Relu", 1, 0),
  TANH("Tanh", 1, 0),
  ERF("Erf", 1, 0),
  EQUAL("Equal", 2, 0),
  SIN("Sin", 1, 0),
  ATAN("Atan", 1, 0),
  ABS("Abs", 1, 0),
  SIGN("Sign", 1, 0),
  EXP("Exp", 1, 0),
  LOG("Log", 1, 0),
  SQRT("Sqrt", 1, 0),
  MATMUL("MatMul", 2, 0),
  RESHAPE("Reshape", 2, 0),
  REDUCE_MAX("ReduceMax", 1, 0, numbers("axes"), number("keepdims")),
  TRANSPOSE("Transpose", 1, 0, numbers("perm")),
  LSTM("LSTM", 3, 1, number("hidden_size")),
  GRU("GRU", 3, 1, number("hidden_size"), number("linear_before_reset")),
  ARG_MAX("ArgMax", 1, 0, number("axis"), number("keepdims"));

  private static final int OPSET = 13;

  private final String name;
  private final int inputs;
  private final int optionalInputs;

  @SuppressWarnings("ImmutableEnumChecker") // made unmodifiable below
  private final Map<String, ONNXAttribute> attributes;

  GraphOperator(String name, int inputs, int optionalInputs, ONNXAttribute... attributes) {
    this.name = name;
    this.inputs = inputs;
    this.optionalInputs = optionalInputs;
    this.attributes =
        List.of(attributes).stream()
            .collect(Collectors.toUnmodifiableMap(ONNXAttribute::getName, Function.identity()));
  }

  private static ONNXAttribute number(String name) {
    return new ONNXAttribute(name, OnnxMl.AttributeProto.AttributeType.INT, false);
  }

  private static ONNXAttribute numbers(String name) {
    return new ONNXAttribute(name, OnnxMl.AttributeProto.AttributeType.INTS, false);
  }

  @Override
  public String getOpName() {
    return name;
  }

  @Override
  public int getNumInputs() {
    return inputs;
  }

  @Override
  public int getNumOptionalInputs() {
    return optionalInputs;
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  public Map<String, ONNXAttribute> getAttributes() {
    return attributes;
  }

  @Override
  public Set<String> getMandatoryAttributeNames() {
    return Set.of();
  }

  @Override
  public int getOpVersion() {
    return OPSET;
  }

  @Override
  public String getOpDomain() {
    return null;
  }

  /** The default domain, whose name is empty. */
  @Override
  public OnnxMl.OperatorSetIdProto opsetProto() {
    return OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET).build();
  }
}
