package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FeatureBatchTest {
  private final FeatureBatch batch = new FeatureBatch(3, 2);

  @Test
  void shouldHoldRowsOneAfterTheOther() {
    batch.add(new float[] {1, 2});
    batch.add(new float[] {3, Float.NaN});

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.width()).isEqualTo(2);
    assertThat(batch.value(0, 1)).isEqualTo(2);
    assertThat(batch.value(1, 0)).isEqualTo(3);
    assertThat(batch.value(1, 1)).isNaN();
    FloatBuffer values = batch.values();
    assertThat(values.isDirect()).isTrue();
    assertThat(values.remaining()).isEqualTo(4);
    assertThat(values.get(2)).isEqualTo(3);
  }

  @Test
  void shouldHoldWindowsWithTheirNewestRowLast() {
    // Given
    FeatureBatch windows = new FeatureBatch(2, 3, 2);

    // When
    windows.add(new float[] {1, 2, 3, 4, 5, 6});
    windows.add(new float[] {7, 8, 9, 10, 11, 12});

    // Then
    assertThat(windows.isFull()).isTrue();
    assertThat(windows.window()).isEqualTo(3);
    assertThat(windows.value(0, 0)).isEqualTo(5);
    assertThat(windows.value(1, 1)).isEqualTo(12);
    assertThat(windows.values().remaining()).isEqualTo(12);
    assertThat(windows.values().get(6)).isEqualTo(7);
  }

  @Test
  void shouldBeFullAtItsCapacity() {
    assertThat(batch.isEmpty()).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(batch.isFull()).isFalse();
      batch.add(new float[2]);
    }

    assertThat(batch.isFull()).isTrue();
    assertThatThrownBy(() -> batch.add(new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("3 rows");
  }

  @Test
  void shouldShowNothingOfWhatWasCleared() {
    batch.add(new float[] {1, 2});
    batch.add(new float[] {3, 4});
    batch.clear();
    batch.add(new float[] {5, 6});

    assertThat(batch.values().remaining()).isEqualTo(2);
    assertThat(batch.value(0, 0)).isEqualTo(5);
  }
}
