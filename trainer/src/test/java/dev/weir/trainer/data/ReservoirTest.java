package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReservoirTest {

  @Test
  void shouldTakeEveryItemWithSameProbability() {
    // Given
    int draws = 20_000;
    int[] taken = new int[12];

    // When 3 of 12 items are drawn, many times
    for (int seed = 0; seed < draws; seed++) {
      Reservoir reservoir = new Reservoir(3, seed);
      int[] places = new int[3];
      for (int item = 0; item < taken.length; item++) {
        int place = reservoir.next();
        if (place != Reservoir.NOT_TAKEN) {
          places[place] = item;
        }
      }
      assertThat(reservoir.seen()).isEqualTo(12);
      for (int item : places) {
        taken[item]++;
      }
    }

    // Then each is in a quarter of the samples, within five standard deviations
    double deviation = Math.sqrt(draws * 0.25 * 0.75);
    for (int count : taken) {
      assertThat((double) count)
          .isBetween(draws / 4.0 - 5 * deviation, draws / 4.0 + 5 * deviation);
    }
  }

  @Test
  void shouldTakeAllOfFewItemsInTheirOrder() {
    Reservoir reservoir = new Reservoir(3, 1);
    assertThat(new int[] {reservoir.next(), reservoir.next(), reservoir.next()})
        .containsExactly(0, 1, 2);
  }
}
