package dev.weir.trainer.preprocessing;

import java.util.Arrays;

/**
 * From a network's columns back to the features' own units: a number without its scale and
 * transform, the most likely category, the hour or day. The same is done by the exported graph
 * ({@code GraphFrame.expected}).
 */
public final class FeatureValues {
  /** Beyond it the exponential is no longer a float32. */
  private static final double LARGEST_EXPONENT = 88;

  private FeatureValues() {}

  /**
   * The values of one row.
   *
   * @param columns what a network sees or gives, from some place on {@code e} columns of a row
   * @return {@code [d]}
   */
  public static float[] of(Preprocessor preprocessor, float[] columns, int offset) {
    float[] values = new float[preprocessor.width()];
    float[] likeliest = new float[preprocessor.width()];
    float[] sines = new float[preprocessor.width()];
    Arrays.fill(likeliest, Float.NEGATIVE_INFINITY);
    for (int k = 0; k < preprocessor.columnCount(); k++) {
      InputColumn column = preprocessor.columns().get(k);
      int feature = column.feature();
      float unscaled = columns[offset + k] * column.scale() + column.centre();
      switch (column.role()) {
        case NUMBER -> values[feature] = unscaled;
        case LOG1P -> values[feature] = exponential(unscaled);
        case SIGNED_LOG ->
            values[feature] = Math.signum(unscaled) * exponential(Math.abs(unscaled));
        case CATEGORY -> {
          if (unscaled > likeliest[feature]) {
            likeliest[feature] = unscaled;
            values[feature] = column.category();
          }
        }
        case SINE -> sines[feature] = unscaled;
        // Sines come before cosines.
        case COSINE -> {
          double period = preprocessor.features().features().get(feature).type().period();
          double turn = Math.atan2(sines[feature], unscaled) / (2 * Math.PI);
          values[feature] = (float) (period * (turn < 0 ? turn + 1 : turn));
        }
        case MISSING -> {}
      }
    }
    return values;
  }

  private static float exponential(float exponent) {
    return (float) Math.expm1(Math.max(0, Math.min(LARGEST_EXPONENT, exponent)));
  }
}
