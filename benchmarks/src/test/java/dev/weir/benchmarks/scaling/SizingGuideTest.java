package dev.weir.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SizingGuideTest {
  private static final double MEGABYTE = 1024 * 1024;

  /** 4 µs and 0.1 µs a feature. */
  private static final ScaleCurve FEATURES =
      curve(Axis.FEATURES, d -> 4 + 0.1 * d, d -> 30 * MEGABYTE, 8, 64, 512);

  /** Each row of a window costs as much as all else. */
  private static final ScaleCurve WINDOW =
      curve(Axis.WINDOW, w -> 5.0 + 5 * w, w -> 30 * MEGABYTE, 1, 4, 64);

  /** Keys cost no time, and 1000 bytes each, of which 608 are the window's 4 rows of 38 values. */
  private static final ScaleCurve KEYS =
      curve(Axis.KEYS, k -> 10, k -> 40 * MEGABYTE + 1000.0 * k, 1, 1000, 1_000_000);

  @Test
  void shouldWorkOutWhatALoadNeeds() {
    // Given
    SizingGuide guide = SizingGuide.of(Map.of(Axis.FEATURES, FEATURES)).orElseThrow();

    // When 50,000 records of 4 + 0.1 · 60 µs
    SizingGuide.Size size = guide.size(50_000, 60, 1, 1000);

    // Then
    assertThat(size.cores()).isCloseTo(0.5, within(1e-6));
    assertThat(size.threads()).isEqualTo(1);
    assertThat(size.heapMegabytes()).isEqualTo(512);
    assertThat(guide.size(200_000, 60, 1, 1000).threads()).isEqualTo(3);
  }

  @Test
  void shouldCountWindowsAndKeys() {
    // Given
    SizingGuide guide =
        SizingGuide.of(Map.of(Axis.FEATURES, FEATURES, Axis.WINDOW, WINDOW, Axis.KEYS, KEYS))
            .orElseThrow();

    // When a window of 8 costs (5 + 40) / 10 of what a row does
    SizingGuide.Size size = guide.size(10_000, 60, 8, 100_000);

    // Then
    assertThat(size.cores()).isCloseTo(0.1 * 4.5, within(1e-4));
    double key = 1000 - 4 * 4 * 38 + 4 * 60 * 8;
    assertThat(size.heapMegabytes()).isCloseTo(2 * (40 + 100_000 * key / MEGABYTE), within(0.5));
  }

  @Test
  void shouldSayItInWords() {
    String text =
        SizingGuide.of(Map.of(Axis.FEATURES, FEATURES, Axis.WINDOW, WINDOW, Axis.KEYS, KEYS))
            .orElseThrow()
            .markdown();

    assertThat(text)
        .contains("For R records/s of d features, give it R · (4.00 + 0.1000 · d) / 1,000,000")
        .contains("times (5.00 + 5.000 · w) / 10.00")
        .contains("392 + 4 · w · d bytes for each key")
        .contains("| 100,000 | 38 | 1 | 1,000 | 0.78 | 2 | 512 |");
  }

  @Test
  void shouldGiveNoGuideWithoutTheCostOfFeatures() {
    assertThat(SizingGuide.of(Map.of(Axis.KEYS, KEYS))).isEmpty();
  }

  private static ScaleCurve curve(
      Axis axis, IntToDoubleFunction micros, IntToDoubleFunction heap, int... sizes) {
    return new ScaleCurve(
        axis,
        Arrays.stream(sizes)
            .mapToObj(
                size ->
                    new ScalePoint(
                        size,
                        1e6 / micros.applyAsDouble(size),
                        micros.applyAsDouble(size),
                        1,
                        1,
                        0.5,
                        heap.applyAsDouble(size),
                        0))
            .toList());
  }
}
