package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RowsTest {
  private final Rows rows = Rows.of(new float[] {1, 2, 3, 4, 5, 6}, 2);

  @Test
  void shouldKnowItsShapeAndValues() {
    // When / Then
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.width()).isEqualTo(2);
    assertThat(rows.at(0, 1)).isEqualTo(2);
    assertThat(rows.at(2, 0)).isEqualTo(5);
  }

  @Test
  void shouldSliceWithoutCopying() {
    // When
    Rows slice = rows.slice(1, 3);
    Rows ofSlice = slice.slice(1, 2);

    // Then
    assertThat(slice.count()).isEqualTo(2);
    assertThat(slice.copy()).containsExactly(3, 4, 5, 6);
    assertThat(ofSlice.copy()).containsExactly(5, 6);
    assertThat(slice.copy(0, 1)).containsExactly(3, 4);
    assertThat(rows.slice(1, 1).count()).isZero();
  }

  @Test
  void shouldRefuseSlicesBeyondItsEnds() {
    // When / Then
    assertThatThrownBy(() -> rows.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.slice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.slice(1, 3).slice(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldRefuseValuesThatMakeNoRows() {
    // When / Then
    assertThatThrownBy(() -> Rows.of(new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 values do not make rows of 2");
    assertThatThrownBy(() -> Rows.of(new float[5], 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldHaveFingerprintOfItsContentAlone() {
    // Given
    Rows same = Rows.of(new float[] {9, 9, 3, 4}, 2).slice(1, 2);
    Rows otherOrder = Rows.of(new float[] {4, 3}, 2);
    Rows gap = Rows.of(new float[] {3, Float.NaN}, 2);

    // When
    String fingerprint = rows.slice(1, 2).fingerprint();

    // Then
    assertThat(fingerprint).matches("[0-9a-f]{64}").isEqualTo(same.fingerprint());
    assertThat(fingerprint).isNotEqualTo(otherOrder.fingerprint());
    assertThat(gap.fingerprint())
        .isEqualTo(gap.slice(0, 1).fingerprint())
        .isNotEqualTo(fingerprint);
  }
}
