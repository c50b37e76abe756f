package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunReservoirTest {

  @Test
  void shouldKeepEveryRunEquallyOften() {
    // Given 60 rows, of two keys in turns, in runs of five: twelve runs, of which six have room
    int draws = 20_000;
    int[] kept = new int[60];
    for (int seed = 0; seed < draws; seed++) {
      // When
      for (int row : sample(60, 2, 30, 5, seed).values()) {
        kept[row]++;
      }
    }

    // Then each row is in half of the samples, within five standard deviations
    double deviation = Math.sqrt(draws * 0.25);
    for (int count : kept) {
      assertThat((double) count)
          .isBetween(draws / 2.0 - 5 * deviation, draws / 2.0 + 5 * deviation);
    }
  }

  @Test
  void shouldKeepWholeRuns() {
    // Given three keys, each of seven rows: runs of four and of three
    for (int seed = 0; seed < 500; seed++) {
      // When
      List<Integer> rows = new ArrayList<>(sample(21, 3, 10, 4, seed).values());

      // Then
      assertThat(rows).hasSizeBetween(7, 10);
      for (int row : rows) {
        int key = row % 3;
        int place = row / 3;
        for (int other = place / 4 * 4; other < Math.min(7, place / 4 * 4 + 4); other++) {
          assertThat(rows).contains(other * 3 + key);
        }
      }
    }
  }

  @Test
  void shouldKeepAllRowsIfThereIsRoom() {
    // Given more keys than whole runs have room
    assertThat(sample(100, 50, 100, 64, 1).values()).hasSize(100);
    assertThat(sample(101, 50, 100, 64, 1).values()).hasSizeBetween(96, 99);
  }

  /** The rows that are kept, by their places; row i is of key i % keys. */
  private static Map<Integer, Integer> sample(
      int rows, int keys, int capacity, int runLength, long seed) {
    Map<Integer, Integer> places = new HashMap<>();
    RunReservoir reservoir = new RunReservoir(capacity, runLength, seed, places::remove);
    for (int row = 0; row < rows; row++) {
      int place = reservoir.next(row % keys);
      if (place != RunReservoir.NOT_TAKEN) {
        assertThat(place).isBetween(0, capacity - 1);
        assertThat(places.put(place, row)).isNull();
      }
      assertThat(places).hasSize(reservoir.count());
    }
    assertThat(reservoir.seen()).isEqualTo(rows);
    return places;
  }
}
