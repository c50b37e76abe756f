package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class BestThresholdTest {

  @Test
  void shouldFindWhatIsWorkedOutByHand() {
    // Given, from the highest score down: hit, miss, hit, hit, miss
    double[] scores = {5, 4, 3, 2, 1};
    boolean[] labels = {true, false, true, true, false};

    // When / Then F1 is 1/2, 2/5, 2/3, 6/7, 3/4
    assertThat(BestThreshold.byF1(scores, labels)).contains(2.0);
  }

  @Test
  void shouldFindNothingWhereAllRowsAreOfOneKind() {
    // When / Then
    assertThat(BestThreshold.byF1(new double[] {1, 2}, new boolean[] {true, true})).isEmpty();
    assertThat(BestThreshold.byF1(new double[] {1, 2}, new boolean[2])).isEmpty();
  }

  @Property(seed = "20261", tries = 200)
  void shouldBeAsGoodAsAnyScore(
      @ForAll @Size(value = 30) int @IntRange(min = 0, max = 12) [] values,
      @ForAll @Size(value = 30) boolean[] labels) {
    // Given
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = values[i];
    }

    // When
    BestThreshold.byF1(scores, labels)
        .ifPresent(
            best -> {
              // Then
              double f1 = ThresholdMetrics.at(best, scores, labels).f1();
              for (double score : scores) {
                assertThat(f1)
                    .isGreaterThanOrEqualTo(ThresholdMetrics.at(score, scores, labels).f1());
              }
            });
  }
}
