package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AnomalyRangeTest {

  @Test
  void shouldFindRunsUpToBothEnds() {
    // Given
    boolean[] labels = {true, true, false, true, false, false, true};

    // When
    List<AnomalyRange> ranges = AnomalyRange.of(labels);

    // Then
    assertThat(ranges)
        .containsExactly(new AnomalyRange(0, 1), new AnomalyRange(3, 3), new AnomalyRange(6, 6));
  }

  @Test
  void shouldFindNothingWhereNothingIsAnomalous() {
    // Given / When
    List<AnomalyRange> ranges = AnomalyRange.of(new boolean[3]);

    // Then
    assertThat(ranges).isEmpty();
  }

  @Test
  void shouldJoinRangesThatShareAPointOnceWidened() {
    // Given gaps of three and of four points
    List<AnomalyRange> ranges =
        List.of(new AnomalyRange(1, 2), new AnomalyRange(6, 6), new AnomalyRange(11, 12));

    // When
    List<AnomalyRange> wide = AnomalyRange.widened(ranges, 2, 14);

    // Then the first two meet at point 4, and the last only comes next to them
    assertThat(wide).containsExactly(new AnomalyRange(0, 8), new AnomalyRange(9, 13));
  }

  @Test
  void shouldKeepRangesWithoutBuffer() {
    // Given
    List<AnomalyRange> ranges = List.of(new AnomalyRange(0, 0), new AnomalyRange(2, 3));

    // When
    List<AnomalyRange> wide = AnomalyRange.widened(ranges, 0, 4);

    // Then
    assertThat(wide).isEqualTo(ranges);
  }
}
