package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.data.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final Standardizer IDENTITY =
      new Standardizer(new float[] {0}, new float[] {0}, new float[] {1}, 1e6f);

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
    Batches batches = new Batches(IDENTITY, Rows.of(values, 1), batchSize);

    // When
    batches.shuffle(new SplittableRandom(seed));
    List<Float> dealt = new ArrayList<>();
    for (int batch = 0; batch < batches.count(); batch++) {
      batches.select(batch);
      boolean last = batch == batches.count() - 1;
      assertThat(batches.values()).hasSize(last ? rows - batch * batchSize : batchSize);
      for (float value : batches.values()) {
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
    Batches batches = new Batches(IDENTITY, Rows.of(new float[] {3, Float.NaN}, 1), 2);

    // When
    batches.select(0);

    // Then
    assertThat(batches.values()).containsExactly(3, 0);
    assertThat(batches.mask()).containsExactly(1, 0);
    assertThat(
            Batches.meanSquaredError(
                new float[] {1, 2, 3, 4}, new float[] {2, 4, 3, 9}, new float[] {1, 1, 1, 0}))
        .isCloseTo(5 / 3.0, within(1e-12));
    assertThat(Batches.meanSquaredError(new float[] {1}, new float[] {2}, new float[] {0}))
        .isZero();
  }

  private static float[] shuffled(Rows rows, long seed) {
    Batches batches = new Batches(IDENTITY, rows, 10);
    batches.shuffle(new SplittableRandom(seed));
    batches.select(0);
    return batches.values().clone();
  }
}
