package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DominantPeriodTest {

  @ParameterizedTest
  @ValueSource(ints = {6, 24, 100, 303})
  void shouldFindPeriodOfRepeatingSeries(int period) {
    // Given one spike a period
    double[] series = series(5_000, i -> i % period == 0 ? 1 : 0);

    // When
    int found = DominantPeriod.estimate(series);

    // Then
    assertThat(found).isEqualTo(period);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 304, 390})
  void shouldFallBackWherePeriodIsOutOfLimits(int period) {
    // Given
    double[] series = series(5_000, i -> i % period == 0 ? 1 : 0);

    // When
    int found = DominantPeriod.estimate(series);

    // Then
    assertThat(found).isEqualTo(DominantPeriod.DEFAULT);
  }

  @Test
  void shouldFallBackWhereHighestPeakIsOutOfLimits() {
    // Given sines of periods 50 and 175
    double[] series =
        series(7_000, i -> Math.sin(2 * Math.PI * i / 50) + 0.5 * Math.sin(2 * Math.PI * i / 175));

    // When
    int found = DominantPeriod.estimate(series);

    // Then the sines meet again after 350 points, and the lower peaks under 303 do not count
    assertThat(found).isEqualTo(DominantPeriod.DEFAULT);
  }

  @Test
  void shouldLookAtFirst20000PointsOnly() {
    // Given a period that changes afterwards
    double[] series = series(60_000, i -> i < 20_000 ? i % 40 == 0 ? 1 : 0 : i % 90 == 0 ? 9 : 0);

    // When
    int found = DominantPeriod.estimate(series);

    // Then
    assertThat(found).isEqualTo(40);
  }

  @Test
  void shouldFallBackWhereThereIsNoPeak() {
    // Given / When / Then
    assertThat(DominantPeriod.estimate(new double[0])).isEqualTo(125);
    assertThat(DominantPeriod.estimate(new double[] {1, 2, 1, 2})).isEqualTo(125);
    assertThat(DominantPeriod.estimate(series(1_000, i -> 0.1))).isEqualTo(125);
    assertThat(DominantPeriod.estimate(series(1_000, i -> i))).isEqualTo(125);
    assertThat(DominantPeriod.estimate(series(1_000, i -> i == 7 ? Double.NaN : i % 20)))
        .isEqualTo(125);
  }

  @Test
  void shouldTakeFeaturesOfModelsAlike() {
    // Given
    float[] series = new float[1_000];
    for (int i = 0; i < series.length; i += 24) {
      series[i] = 1;
    }

    // When
    int found = DominantPeriod.estimate(series);

    // Then
    assertThat(found).isEqualTo(24);
  }

  /**
   * The windows are those of {@code reference/train_test_pairs.csv} and of the golden files, found
   * with TSB-AD's own code.
   */
  @ParameterizedTest
  @CsvSource({
    "asd, omi-1, 8",
    "asd, omi-2, 125",
    "asd, omi-3, 125",
    "asd, omi-4, 19",
    "asd, omi-5, 285",
    "asd, omi-6, 9",
    "smd, machine-1-6, 15",
    "smd, machine-1-7, 64",
    "smd, machine-2-1, 125",
    "smd, machine-2-8, 9",
    "telemetry, MSL-M-6, 125",
    "telemetry, MSL-S-2, 125",
    "telemetry, MSL-T-4, 70",
    "telemetry, MSL-T-9, 9"
  })
  void shouldFindWindowsOfTsbAd(String folder, String name, int window) throws IOException {
    // Given
    double[] feature = firstFeature(PublishedData.file(folder, name + "_test.csv.gz"));

    // When
    int found = DominantPeriod.estimate(feature);

    // Then
    assertThat(found).isEqualTo(window);
  }

  private static double[] series(int points, IntToDoubleFunction value) {
    return IntStream.range(0, points).mapToDouble(value).toArray();
  }

  /** The column after the timestamp. */
  private static double[] firstFeature(Path csv) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(csv)), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .mapToDouble(line -> Double.parseDouble(line.split(",", 3)[1]))
          .toArray();
    }
  }
}
