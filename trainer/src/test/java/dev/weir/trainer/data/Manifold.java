package dev.weir.trainer.data;

import dev.weir.model.feature.FeatureSpec;
import java.util.List;
import java.util.Random;

/**
 * Made-up history: eight features that follow two latent factors, one of them curved, with a little
 * noise. A row off the manifold has usual values that do not go together.
 */
public final class Manifold {
  public static final int WIDTH = 8;
  public static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private static final double[][] LOADINGS = {
    {1, 0}, {0, 1}, {0.7, 0.7}, {1, -1}, {-0.5, 0.8}, {0.3, -0.9}, {-1, 0.2}, {0.6, 0.4}
  };
  private static final double[] SCALES = {1, 10, 0.01, 1000, 1, 5, 100, 0.1};
  private static final double[] OFFSETS = {0, 50, 0, -3000, 1, -2, 400, 0.5};

  private final Random random;

  public Manifold(long seed) {
    random = new Random(seed);
  }

  /** Rows on the manifold, float32 {@code [n, 8]}. */
  public Rows rows(int count) {
    float[] values = new float[count * WIDTH];
    for (int i = 0; i < count; i++) {
      double u = random.nextDouble() * 4 - 2;
      double v = random.nextDouble() * 4 - 2;
      for (int j = 0; j < WIDTH; j++) {
        values[i * WIDTH + j] = value(j, u, v);
      }
    }
    return Rows.of(values, WIDTH);
  }

  /** Rows whose every feature follows factors of its own: each value is usual, the row is not. */
  public Rows rowsOffManifold(int count) {
    float[] values = new float[count * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i % WIDTH, random.nextDouble() * 4 - 2, random.nextDouble() * 4 - 2);
    }
    return Rows.of(values, WIDTH);
  }

  /** History of so many rows on the manifold. */
  public History history(int count) {
    return history(rows(count));
  }

  /** Rows with the names of the features. */
  public static History history(Rows rows) {
    FeatureSpec features = FeatureSpec.numeric(NAMES.subList(0, rows.width()));
    return new History(features, LinkedRows.ofOneKey(rows), List.of(), 0, List.of(), "a manifold");
  }

  /** Rows of which a share of the values is missing. */
  public Rows withGaps(Rows rows, double share) {
    float[] values = rows.copy();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < share ? Float.NaN : values[i];
    }
    return Rows.of(values, rows.width());
  }

  private float value(int feature, double u, double v) {
    double[] loading = LOADINGS[feature];
    double signal = loading[0] * u + loading[1] * v + (feature == 4 ? 0.3 * u * u : 0);
    double noise = 0.05 * random.nextGaussian();
    return (float) (OFFSETS[feature] + SCALES[feature] * (signal + noise));
  }
}
