package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ColumnStatisticsTest {

  @Test
  void shouldGiveNumbersWorkedOutByHand() {
    // Given 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, over 8 = 4
    Rows rows = column(9, 2, 5, 4, 7, 4, 5, 4);

    // When / Then
    assertThat(ColumnStatistics.of(Samples.of(rows), 0))
        .isEqualTo(new ColumnStatistics(8, 0, 5, 2, 4.5, 2, 9));
  }

  @Test
  void shouldLeaveMissingValuesAside() {
    // Given 1, 2, 6: mean 3, squared deviations 4+1+9 = 14, over 3
    Rows rows = column(Float.NaN, 6, 1, Float.NaN, 2);

    // When / Then
    assertThat(ColumnStatistics.of(Samples.of(rows), 0))
        .isEqualTo(new ColumnStatistics(3, 2, 3, Math.sqrt(14.0 / 3), 2, 1, 6));
  }

  @Test
  void shouldLookAtOneColumnOfSlice() {
    // Given
    Rows rows = Rows.of(new float[] {1, 100, 2, 200, 3, 300}, 2).slice(1, 3);

    // When / Then
    assertThat(ColumnStatistics.of(Samples.of(rows), 1))
        .isEqualTo(new ColumnStatistics(2, 0, 250, 50, 250, 200, 300));
  }

  @Test
  void shouldKnowEmptyAndConstantColumns() {
    // Given
    ColumnStatistics empty = ColumnStatistics.of(Samples.of(column(Float.NaN, Float.NaN)), 0);
    ColumnStatistics constant = ColumnStatistics.of(Samples.of(column(3, Float.NaN, 3)), 0);
    ColumnStatistics varied = ColumnStatistics.of(Samples.of(column(3, 4)), 0);

    // When / Then
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.isConstant()).isFalse();
    assertThat(empty.missing()).isEqualTo(2);
    assertThat(empty.median()).isNaN();
    assertThat(constant.isConstant()).isTrue();
    assertThat(constant.isEmpty()).isFalse();
    assertThat(varied.isConstant()).isFalse();
  }

  private static Rows column(float... values) {
    return Rows.of(values, 1);
  }
}
