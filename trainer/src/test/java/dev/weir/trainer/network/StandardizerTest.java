package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.trainer.data.Rows;
import org.junit.jupiter.api.Test;

final class StandardizerTest {
  private static final float MISSING = Float.NaN;

  @Test
  void shouldLearnFromPresentValues() {
    // Given 1, 1, 2, 4 in the first column: mean 2, deviation √1.5, median 1.5
    Rows rows = Rows.of(new float[] {1, 7, MISSING, 7, 4, 7, 1, MISSING, 2, 7}, 2);

    // When
    Standardizer standardizer = Standardizer.fit(rows, 5);

    // Then
    assertThat(standardizer.medians()).containsExactly(1.5f, 7);
    assertThat(standardizer.means()).containsExactly(2, 7);
    assertThat(standardizer.scales()).containsExactly((float) Math.sqrt(1.5), 1);
    assertThat(standardizer.clip()).isEqualTo(5);
    assertThat(standardizer.width()).isEqualTo(2);
  }

  @Test
  void shouldImputeCentreScaleAndClip() {
    // Given
    Standardizer standardizer =
        new Standardizer(new float[] {4, 0}, new float[] {2, 0}, new float[] {2, 1}, 5);
    Rows rows = Rows.of(new float[] {6, 1, MISSING, 1e30f, -1e30f, MISSING}, 2);

    // When / Then
    assertThat(standardizer.apply(rows)).containsExactly(2, 1, 1, 5, -5, 0);
    assertThat(rows.at(0, 0)).as("the rows are left as they were").isEqualTo(6);
    assertThat(Standardizer.mask(rows)).containsExactly(1, 1, 0, 1, 1, 0);
  }

  @Test
  void shouldLeaveConstantColumnInItsUnits() {
    // Given
    Rows rows = Rows.of(new float[] {3, 3, 3}, 1);

    // When
    Standardizer standardizer = Standardizer.fit(rows, 10);

    // Then
    assertThat(standardizer.apply(Rows.of(new float[] {3, 3.5f, 1}, 1)))
        .containsExactly(0, 0.5f, -2);
  }

  @Test
  void shouldNotDivideByDeviationThatSinglePrecisionCannotHold() {
    // Given values that differ by the smallest number there is
    Rows rows = Rows.of(new float[] {0, Float.MIN_VALUE, 0, 0, 0, 0, 0, 0, 0, 0}, 1);

    // When
    Standardizer standardizer = Standardizer.fit(rows, 10);

    // Then
    assertThat(standardizer.scales()).containsExactly(1);
    assertThat(standardizer.apply(rows)).doesNotContain(Float.NaN);
  }
}
