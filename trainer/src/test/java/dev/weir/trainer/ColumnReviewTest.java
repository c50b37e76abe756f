package dev.weir.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Spread;
import dev.weir.trainer.data.TimeSplit;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ColumnReviewTest {
  private static final int ROWS = 1000;

  private final Random random = new Random(6);

  @Test
  void shouldSayNothingOfColumnsThatStayInTheirRange() {
    // When / Then
    assertThat(
            review(
                List.of("a", "b", "c"),
                i -> random.nextGaussian(),
                i -> i % 50,
                i -> i < 100 ? Double.NaN : i % 2))
        .isEmpty();
  }

  @Test
  void shouldNameTimesIdsAndCountersAndWhatToWrite() {
    // When
    List<String> warnings =
        review(
            List.of("ts", "ok", "a id", "level"),
            i -> i,
            i -> random.nextGaussian(),
            i -> i % 3 == 0 ? Double.NaN : Math.floor(i / 10.0),
            i -> i < 850 ? random.nextDouble() : -1 - random.nextDouble());

    // Then
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("'ts', 'a id', 'level'")
        .contains("features.exclude: [old, 'x_*', ts, 'a id', level]");
  }

  @Test
  void shouldTellLostPrecisionFromConstant() {
    // Given
    List<Spread> spreads = List.of(new Spread(1e9, 3), new Spread(7, 0), new Spread(0, 1));

    // When
    List<String> warnings =
        review(
            List.of("big", "same", "live"), spreads, i -> 1e9, i -> 7, i -> random.nextGaussian());

    // Then
    assertThat(warnings)
        .satisfiesExactly(
            warning ->
                assertThat(warning).startsWith("constant in the training part: 'same' (7.0)"),
            warning ->
                assertThat(warning)
                    .isEqualTo(
                        "'big' varies by 3.00 around 1.000e+09, which single precision cannot hold;"
                            + " subtract a base or take differences"));
  }

  @Test
  void shouldNameCounterOfWhichPrecisionIsLostTwice() {
    // When
    List<String> warnings =
        review(List.of("ms"), List.of(new Spread(1.7e12, 3e5)), i -> 1.7e12 + 1e3 * i);

    // Then
    assertThat(warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith("'ms' varies by 3.00e+05 around 1.700e+12"),
            warning -> assertThat(warning).contains("features.exclude: [old, 'x_*', ms]"));
  }

  @Test
  void shouldNotTakeSwitchForCounter() {
    // When / Then
    assertThat(review(List.of("on"), i -> i < 300 ? 0 : 1)).isEmpty();
  }

  @Test
  void shouldRefuseTrainingPartInWhichNothingChanges() {
    // Given columns that change in the newest part only, or never
    // When / Then
    assertThatThrownBy(
            () -> review(List.of("a", "b"), i -> i < 750 ? 3 : i, i -> i < 100 ? Double.NaN : 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "there is nothing to learn from a history: in the training part, its oldest 700 rows,"
                + " no feature ever changes ('a', 'b'); take other columns, a longer history, or"
                + " one in which something happens");
    assertThatThrownBy(() -> review(List.of("big"), List.of(new Spread(1e9, 3)), i -> 1e9))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'big' varies by 3.00 around 1.000e+09, which single precision");
  }

  @Test
  void shouldRefusePartThatChangesNoMoreOnceRowsAreLeftOut() {
    // Given
    History history = history(List.of("a"), List.of(), i -> i % 100 == 0 ? 5 : 1);
    TimeSplit whole = TimeSplit.of(history, 1, SplitConfig.DEFAULT);
    int[] quiet = IntStream.range(0, 700).filter(i -> i % 100 != 0).toArray();
    ColumnReview review = new ColumnReview(history, whole, FeatureSelection.ALL);

    // When / Then
    assertThat(review.warnings()).isEmpty();
    assertThatThrownBy(
            () ->
                review.refuseNothingToLearn(
                    new TimeSplit(
                        whole.training().pick(quiet), whole.validation(), whole.calibration())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("693 rows but for 7 that contamination left out")
        .hasMessageContaining("set contamination: none");
  }

  private static List<String> review(List<String> names, IntToDoubleFunction... columns) {
    return review(names, List.of(), columns);
  }

  private static List<String> review(
      List<String> names, List<Spread> spreads, IntToDoubleFunction... columns) {
    History history = history(names, spreads, columns);
    FeatureSelection selection = new FeatureSelection(null, List.of("old", "x_*"));
    return new ColumnReview(history, TimeSplit.of(history, 1, SplitConfig.DEFAULT), selection)
        .warnings();
  }

  private static History history(
      List<String> names, List<Spread> spreads, IntToDoubleFunction... columns) {
    int width = columns.length;
    float[] values = new float[ROWS * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) columns[i % width].applyAsDouble(i / width);
    }
    return new History(
        FeatureSpec.numeric(names),
        LinkedRows.ofOneKey(Rows.of(values, width)),
        spreads,
        0,
        List.of(),
        "a history");
  }
}
