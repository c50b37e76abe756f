package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.SplitConfig;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TimeSplitTest {

  @Test
  void shouldCutOldestForTrainingAndNewestForCalibration() {
    // When
    TimeSplit split = TimeSplit.of(numbered(1000), 1, new SplitConfig(0.2, 0.1));

    // Then
    assertThat(split.training().count()).isEqualTo(700);
    assertThat(split.validation().count()).isEqualTo(200);
    assertThat(split.calibration().count()).isEqualTo(100);
    assertThat(split.training().at(0, 0)).isZero();
    assertThat(split.validation().at(0, 0)).isEqualTo(700);
    assertThat(split.calibration().at(0, 0)).isEqualTo(900);
    assertThat(split.calibration().at(99, 0)).isEqualTo(999);
  }

  @Property(seed = "20260")
  void shouldUseEveryRowOnce(
      @ForAll @IntRange(min = 200, max = 3000) int rows,
      @ForAll @DoubleRange(min = 0.11, max = 0.4) double validation,
      @ForAll @DoubleRange(min = 0.11, max = 0.4) double calibration) {
    // When
    TimeSplit split = TimeSplit.of(numbered(rows), 1, new SplitConfig(validation, calibration));

    // Then
    int n = 0;
    for (Samples part : new Samples[] {split.training(), split.validation(), split.calibration()}) {
      for (int i = 0; i < part.count(); i++) {
        assertThat(part.at(i, 0)).isEqualTo(n++);
      }
    }
    assertThat(n).isEqualTo(rows);
  }

  @Test
  void shouldRefuseTooFewRows() {
    // When / Then
    assertThatThrownBy(() -> TimeSplit.of(numbered(199), 1, SplitConfig.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("too little history: a manifold has 199 usable rows (")
        .hasMessageContaining("training needs 200 or more")
        .hasMessageEndingWith("give it a longer time range or more files");
    assertThat(TimeSplit.of(numbered(200), 1, SplitConfig.DEFAULT).training().count())
        .isGreaterThanOrEqualTo(100);
  }

  @Test
  void shouldRefuseTooFewRowsHeldOut() {
    // When / Then
    assertThatThrownBy(() -> TimeSplit.of(numbered(300), 1, new SplitConfig(0.05, 0.3)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("15 for validation, 90 for calibration")
        .hasMessageContaining("20 for each of those");
  }

  private static History numbered(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return Manifold.history(Rows.of(values, 1));
  }
}
