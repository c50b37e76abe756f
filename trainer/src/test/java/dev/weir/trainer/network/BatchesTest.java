package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.Numbers;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final Preprocessor IDENTITY = Numbers.identity(1);

  @Property(seed = "20260")
  void shouldDealOutEveryRowOnceAnEpoch(
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 64) int batchSize,
      @ForAll long seed) {
    // Given
    float[] values = new float[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = i;
    }
    Batches batches = new Batches(IDENTITY, Samples.of(Rows.of(values, 1)), batchSize);

    // When
    batches.shuffle(new SplittableRandom(seed));
    List<Float> dealt = new ArrayList<>();
    for (int batch = 0; batch < batches.count(); batch++) {
      float[] dealtNow = batches.get(batch).values();
      boolean last = batch == batches.count() - 1;
      assertThat(dealtNow).hasSize(last ? rows - batch * batchSize : batchSize);
      for (float value : dealtNow) {
        dealt.add(value);
      }
    }

    // Then
    assertThat(dealt).hasSize(rows).doesNotHaveDuplicates();
    assertThat(batches.rows()).isEqualTo(rows);
  }

  @Test
  void shouldShuffleByItsSeed() {
    // Given
    Rows rows = Rows.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1);

    // When / Then
    assertThat(shuffled(rows, 1)).isEqualTo(shuffled(rows, 1)).isNotEqualTo(shuffled(rows, 2));
  }

  @Test
  void shouldMaskWhatIsMissing() {
    // Given
    Batches batches = new Batches(IDENTITY, Samples.of(Rows.of(new float[] {3, Float.NaN}, 1)), 2);

    // When
    Batch batch = batches.get(0);

    // Then
    assertThat(batch.values()).containsExactly(3, 0);
    assertThat(batch.mask()).containsExactly(1, 0);
    assertThat(batch.present()).isEqualTo(1);
    assertThat(batch.rows()).isEqualTo(2);
  }

  private static float[] shuffled(Rows rows, long seed) {
    Batches batches = new Batches(IDENTITY, Samples.of(rows), 10);
    batches.shuffle(new SplittableRandom(seed));
    return batches.get(0).values();
  }
}
