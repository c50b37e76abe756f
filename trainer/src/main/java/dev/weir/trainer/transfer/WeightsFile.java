package dev.weir.trainer.transfer;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.family.Pretrained;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.preprocessing.Embedding;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The binary form of a {@link Pretrained} model, the bundle's {@code weights.bin}: which model it
 * belongs to (the checksum of {@code model.onnx}), the model's config as JSON, its preprocessing,
 * its weights as the engine has them. Big-endian.
 */
public final class WeightsFile {
  private static final int MAGIC = 0x57454957;
  private static final int FORMAT = 1;

  private WeightsFile() {}

  private record Holder(ModelConfig model) {}

  /**
   * Writes a model.
   *
   * @param modelSha256 the checksum of the graph that was exported of it
   */
  public static byte[] write(Pretrained model, String modelSha256) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
      out.writeUTF(modelSha256);
      byte[] config =
          ConfigReader.json(new Holder(model.config())).getBytes(StandardCharsets.UTF_8);
      out.writeInt(config.length);
      out.write(config);
      write(out, model.preprocessor());
      model.state().write(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Preprocessor preprocessor) throws IOException {
    out.writeFloat(preprocessor.clip());
    out.writeInt(preprocessor.width());
    for (int j = 0; j < preprocessor.width(); j++) {
      out.writeFloat(preprocessor.fill(j));
      out.writeInt(dimensions(preprocessor, j).orElse(0));
    }
    out.writeInt(preprocessor.columnCount());
    for (InputColumn column : preprocessor.columns()) {
      out.writeInt(column.feature());
      out.writeUTF(column.role().name());
      out.writeInt(column.category());
      out.writeFloat(column.centre());
      out.writeFloat(column.scale());
    }
  }

  private static Optional<Integer> dimensions(Preprocessor preprocessor, int feature) {
    return preprocessor.embeddings().stream()
        .filter(place -> preprocessor.columns().get(place.first()).feature() == feature)
        .map(Embedding::dimensions)
        .findFirst();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param modelSha256 the checksum of the graph beside it
   * @param features of the same bundle
   * @throws IOException if it is not whole, of another format, or of another model
   */
  static Pretrained read(byte[] bytes, String modelSha256, FeatureSpec features)
      throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
        throw new IOException("it is of another format");
      }
      if (!in.readUTF().equals(modelSha256)) {
        throw new IOException("it belongs to another model.onnx");
      }
      String config = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      return new Pretrained(
          ConfigReader.parse(config, Holder.class).model(),
          readPreprocessor(in, features),
          NetworkState.read(in));
    }
  }

  private static Preprocessor readPreprocessor(DataInputStream in, FeatureSpec features)
      throws IOException {
    float clip = in.readFloat();
    float[] fills = new float[in.readInt()];
    int[] dimensions = new int[fills.length];
    if (fills.length != features.width()) {
      throw new IOException("it has " + fills.length + " features, the manifest another number");
    }
    for (int j = 0; j < fills.length; j++) {
      fills[j] = in.readFloat();
      dimensions[j] = in.readInt();
    }
    List<InputColumn> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(
          new InputColumn(
              in.readInt(),
              InputColumn.Role.valueOf(in.readUTF()),
              in.readInt(),
              in.readFloat(),
              in.readFloat()));
    }
    List<String> names = features.names();
    return new Preprocessor(features, fills, columns, clip)
        .embedding(
            name -> {
              int dimension = dimensions[names.indexOf(name)];
              return dimension == 0 ? OptionalInt.empty() : OptionalInt.of(dimension);
            });
  }
}
