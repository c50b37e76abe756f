package dev.weir.benchmarks.training;

import dev.weir.trainer.data.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Rows near a curved surface of few dimensions, so that there is something to learn. */
final class CurvedRows {
  private static final int LATENT = 4;

  private CurvedRows() {}

  /** Makes rows up, always the same. */
  static Rows of(int rows, int features) {
    SplittableRandom random = new SplittableRandom(1);
    double[] mixing = random.doubles((long) features * LATENT, -1, 1).toArray();
    float[] values = new float[rows * features];
    double[] latent = new double[LATENT];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < LATENT; k++) {
        latent[k] = random.nextDouble(-3, 3);
      }
      for (int j = 0; j < features; j++) {
        double sum = random.nextDouble(-0.1, 0.1);
        for (int k = 0; k < LATENT; k++) {
          sum += Math.sin(latent[k]) * mixing[j * LATENT + k];
        }
        values[i * features + j] = (float) sum;
      }
    }
    return Rows.of(values, features);
  }

  /** Writes rows one after the other as little-endian float32. */
  static void write(Rows rows, Path file) throws IOException {
    float[] values = rows.copy();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
