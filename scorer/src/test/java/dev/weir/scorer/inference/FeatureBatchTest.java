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
