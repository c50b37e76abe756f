package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SamplesTest {

  /** Rows of keys 0, 1, 0, 0, 1, 0; each value is its row's index. */
  private static LinkedRows twoKeys() {
    RowsBuilder builder = new RowsBuilder(2);
    int[] keys = {0, 1, 0, 0, 1, 0};
    for (int i = 0; i < keys.length; i++) {
      builder.add(new float[] {i, -i}, i, keys[i]);
    }
    return builder.build();
  }

  private static Samples windows(int window) {
    LinkedRows rows = twoKeys();
    return Samples.of(rows.rows(), rows.previous(), window);
  }

  @Test
  void shouldLinkRowsOfOneKey() {
    // When / Then
    assertThat(twoKeys().previous()).containsExactly(-1, -1, 0, 2, 1, 3);
  }

  @Test
  void shouldLinkRowsInOrderOfTimeWhateverOrderTheyCameIn() {
    // Given
    RowsBuilder builder = new RowsBuilder(1);

    // When
    builder.add(new float[] {20}, 20, 0);
    builder.add(new float[] {30}, 30, 1);
    builder.add(new float[] {10}, 10, 0);
    LinkedRows rows = builder.build();

    // Then
    assertThat(rows.rows().copy()).containsExactly(10, 20, 30);
    assertThat(rows.times()).containsExactly(10, 20, 30);
    assertThat(rows.previous()).containsExactly(-1, 0, -1);
  }

  @Test
  void shouldHoldRowsOfOneKeyOldestFirst() {
    // When
    Samples samples = windows(3);

    // Then
    assertThat(samples.count()).isEqualTo(2);
    assertThat(samples.copy()).containsExactly(0, 0, 2, -2, 3, -3, 2, -2, 3, -3, 5, -5);
    assertThat(samples.at(1, 0)).isEqualTo(5);
    assertThat(samples.row(1)).isEqualTo(5);
  }

  @Test
  void shouldBeRowsThemselvesWithWindowOfOne() {
    // When / Then
    assertThat(windows(1).copy()).isEqualTo(twoKeys().rows().copy());
  }

  @Test
  void shouldSlicePickAndShorten() {
    // Given
    Samples samples = windows(2);

    // When / Then
    assertThat(samples.count()).isEqualTo(4);
    assertThat(samples.slice(2, 4).copy(0, 1)).containsExactly(1, -1, 4, -4);
    assertThat(samples.pick(new int[] {3, 0}).copy()).containsExactly(3, -3, 5, -5, 0, 0, 2, -2);
    assertThat(samples.last(1).copy(0, 2)).containsExactly(2, -2, 3, -3);
    assertThatThrownBy(() -> samples.last(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldHoldNothingWhereNoKeyHasSoManyRows() {
    // When / Then
    assertThat(windows(5).count()).isZero();
  }
}
