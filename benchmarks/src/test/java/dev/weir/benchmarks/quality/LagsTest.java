package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.trainer.data.Rows;
import org.junit.jupiter.api.Test;

class LagsTest {
  @Test
  void shouldPutTheLastRowsIntoOne() {
    // Given
    Rows rows = Rows.of(new float[] {1, 10, 2, 20, 3, 30}, 2);

    // When
    Rows wide = Lags.of(rows, 2);

    // Then
    assertThat(wide.width()).isEqualTo(4);
    assertThat(wide.copy())
        .containsExactly(Float.NaN, Float.NaN, 1, 10, 1, 10, 2, 20, 2, 20, 3, 30);
  }

  @Test
  void shouldChangeNothingForOneRow() {
    Rows rows = Rows.of(new float[] {1, 10, 2, 20}, 2);
    assertThat(Lags.of(rows, 1).copy()).containsExactly(1, 10, 2, 20);
  }
}
