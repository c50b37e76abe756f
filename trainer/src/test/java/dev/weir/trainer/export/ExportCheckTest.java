package dev.weir.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.error.OperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportCheckTest {
  private final double[] own = {1, 2, 3, 4, 5};

  @Test
  void shouldGiveLargestRelativeDifference() {
    // Given
    double[] exported = {1, 2.00002, 3, 4.00016, 5};

    // When
    double difference = ExportCheck.compare(own, exported);

    // Then
    assertThat(difference).isCloseTo(4e-5, within(1e-10));
    assertThat(ExportCheck.compare(own, own.clone())).isZero();
  }

  @Test
  void shouldRefuseDifferenceAndNameWorstRow() {
    // Given
    double[] exported = {1, 2.001, 3, 4.4, 5};

    // When / Then
    assertThatThrownBy(() -> ExportCheck.compare(own, exported))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("validation row 3 scores 4.0 in the trainer and 4.4 in ONNX Runtime")
        .hasMessageContaining("a relative difference of 0.10 where 1e-04 is allowed")
        .hasMessageContaining("no bundle was written");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void shouldRefuseScoreThatIsNotNumber(int row) {
    // Given
    double[] exported = own.clone();
    exported[row] = Double.NaN;

    // When / Then wherever it stands, and whichever side it is on
    assertThatThrownBy(() -> ExportCheck.compare(own, exported))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("validation row " + row);
    assertThatThrownBy(() -> ExportCheck.compare(exported, own))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("validation row " + row);
  }

  @Test
  void shouldRefuseInfiniteScore() {
    // When / Then
    assertThatThrownBy(
            () -> ExportCheck.compare(own, new double[] {1, 2, Double.POSITIVE_INFINITY, 4, 5}))
        .isInstanceOf(OperationFailedException.class);
  }

  @Test
  void shouldBearRoundingOfScoresFarBelowMedian() {
    // Given scores that hardly differ from zero beside a median of 3
    double[] tiny = {1e-9, 2, 3, 4, 5};
    double[] rounded = {2e-9, 2, 3, 4, 5};
    double[] wrong = {1e-5, 2, 3, 4, 5};

    // When / Then
    assertThat(ExportCheck.compare(tiny, rounded)).isLessThan(1e-6);
    assertThatThrownBy(() -> ExportCheck.compare(tiny, wrong))
        .isInstanceOf(OperationFailedException.class);
  }

  @Test
  void shouldTakeScoresThatAreAllZero() {
    // When / Then
    assertThat(ExportCheck.compare(new double[3], new double[3])).isZero();
    assertThatThrownBy(() -> ExportCheck.compare(new double[3], new double[] {0, 1e-3, 0}))
        .isInstanceOf(OperationFailedException.class);
  }
}
