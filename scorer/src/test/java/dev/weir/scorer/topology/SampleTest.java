package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.9, 1})
  void shouldDrawTheShareOfEachPartition(double share) {
    Sample sample = new Sample(share);

    for (int partition = 0; partition < 4; partition++) {
      int itself = partition;
      long drawn =
          LongStream.range(0, 100_000)
              .filter(offset -> sample.draws("metrics", itself, offset))
              .count();
      // Four standard deviations.
      double deviation = 4 * Math.sqrt(100_000 * share * (1 - share));
      assertThat((double) drawn).isBetween(1e5 * share - deviation, 1e5 * share + deviation);
    }
  }

  @Test
  void shouldDrawOthersInAnotherPartition() {
    Sample sample = new Sample(0.5);

    long alike =
        IntStream.range(0, 10_000)
            .filter(i -> sample.draws("metrics", 0, i) == sample.draws("metrics", 1, i))
            .count();

    assertThat(alike).isBetween(4_700L, 5_300L);
  }
}
