package dev.weir.trainer.data;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import java.util.List;
import java.util.Random;

/** Made-up encoded rows with features of all types. */
public final class MixedRows {
  public static final FeatureSpec FEATURES =
      new FeatureSpec(
          List.of(
              feature("kind", FeatureType.CATEGORICAL, Transform.NONE),
              feature("load", FeatureType.NUMERIC, Transform.NONE),
              feature("hour", FeatureType.HOUR_OF_DAY, Transform.NONE),
              feature("bytes", FeatureType.NUMERIC, Transform.LOG1P),
              feature("on", FeatureType.BOOLEAN, Transform.NONE),
              feature("money", FeatureType.NUMERIC, Transform.SIGNED_LOG),
              feature("state", FeatureType.CATEGORICAL, Transform.NONE),
              feature("day", FeatureType.DAY_OF_WEEK, Transform.NONE)));

  private MixedRows() {}

  private static Feature feature(String name, FeatureType type, Transform transform) {
    List<String> categories = type == FeatureType.CATEGORICAL ? List.of("a", "b", "c") : List.of();
    return new Feature(name, FieldPath.parse(name), type, transform, null, categories);
  }

  /** Always the same rows, of which a share of the values is missing. */
  public static Rows of(int count, double missing) {
    Random random = new Random(11);
    float[] values = new float[count * FEATURES.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextDouble() < missing
              ? Float.NaN
              : switch (i % FEATURES.width()) {
                case 0, 6 -> random.nextInt(4);
                case 2 -> random.nextFloat() * 24;
                case 3 -> (float) Math.exp(20 * random.nextDouble());
                case 4 -> random.nextInt(2);
                case 5 -> (float) (random.nextGaussian() * 1e6);
                case 7 -> random.nextFloat() * 7;
                default -> (float) random.nextGaussian();
              };
    }
    return Rows.of(values, FEATURES.width());
  }
}
