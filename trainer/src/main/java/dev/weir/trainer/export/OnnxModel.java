package dev.weir.trainer.export;

/**
 * An ONNX file in memory.
 *
 * <p>The graph holds the whole of the numeric work. Input {@code features}, float32 {@code [n, d]},
 * or {@code [n, w, d]} with a window of more than one row, raw encoded rows with NaN for missing
 * values. Outputs {@code score}, float32 {@code [n]}; {@code contributions}, float32 {@code [n,
 * d]}, which are not negative and sum to the score; {@code expected}, float32 {@code [n, d]}, in
 * the features' own units.
 *
 * @param bytes the serialised {@code ModelProto}
 */
@SuppressWarnings("ArrayRecordComponent") // written to a file and thrown away
public record OnnxModel(byte[] bytes) {}
