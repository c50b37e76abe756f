package dev.weir.trainer.preprocessing;

import dev.weir.model.feature.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Preprocessors of numbers alone, put together by hand; for tests. */
public final class Numbers {
  private Numbers() {}

  /** Of features called {@code a0}, {@code a1}, …, one column each. */
  public static Preprocessor preprocessor(
      float[] fills, float[] centres, float[] scales, float clip) {
    List<String> names = IntStream.range(0, fills.length).mapToObj(j -> "a" + j).toList();
    return new Preprocessor(
        FeatureSpec.numeric(names),
        fills,
        IntStream.range(0, fills.length)
            .mapToObj(j -> new InputColumn(j, InputColumn.Role.NUMBER, 0, centres[j], scales[j]))
            .toList(),
        clip);
  }

  /** Of features that are left as they are. */
  public static Preprocessor identity(int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return preprocessor(new float[width], new float[width], ones, 1e6f);
  }
}
