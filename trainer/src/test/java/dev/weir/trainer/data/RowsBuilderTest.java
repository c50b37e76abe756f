package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RowsBuilderTest {

  @Test
  void shouldCopyRowsThatAreReused() {
    // Given
    RowsBuilder builder = new RowsBuilder(2);
    float[] row = new float[2];

    // When
    for (int i = 0; i < 3; i++) {
      row[0] = i;
      row[1] = 10 * i;
      builder.add(row, i, 0);
    }

    // Then
    assertThat(builder.count()).isEqualTo(3);
    assertThat(builder.build().rows().copy()).containsExactly(0, 0, 1, 10, 2, 20);
  }

  @Test
  void shouldGrowBeyondItsFirstRoom() {
    // Given
    RowsBuilder builder = new RowsBuilder(3);

    // When rows come newest first
    for (int i = 0; i < 5000; i++) {
      builder.add(new float[] {i, i, i}, -i, 0);
    }

    // Then
    Rows rows = builder.build().rows();
    assertThat(rows.count()).isEqualTo(5000);
    for (int i = 0; i < 5000; i++) {
      assertThat(rows.at(i, 2)).isEqualTo(4999 - i);
    }
  }

  @Test
  void shouldBuildNothingOutOfNothing() {
    // When / Then
    assertThat(new RowsBuilder(4).build().rows().count()).isZero();
  }

  @Test
  void shouldLinkOnlyRowsThatFollowEachOther() {
    // Given rows of two keys, of which one is skipped, one forgotten and one replaced
    RowsBuilder builder = new RowsBuilder(1, 8);
    builder.put(0, new float[] {0}, 0, 0);
    builder.put(1, new float[] {1}, 1, 1);
    builder.put(2, new float[] {2}, 2, 0);
    builder.skip(1);
    builder.put(3, new float[] {4}, 4, 0);
    builder.put(4, new float[] {5}, 5, 1);
    builder.put(5, new float[] {6}, 6, 0);
    builder.remove(3);
    builder.put(5, new float[] {7}, 7, 1);
    builder.put(3, new float[] {8}, 8, 0);

    // When
    LinkedRows rows = builder.build();

    // Then
    assertThat(builder.count()).isEqualTo(6);
    assertThat(rows.rows().copy()).containsExactly(0, 1, 2, 5, 7, 8);
    assertThat(rows.previous()).containsExactly(-1, -1, 0, -1, 3, -1);
  }

  @Test
  void shouldNotLinkAcrossLongGaps() {
    RowsBuilder builder = new RowsBuilder(1);
    for (int time : new int[] {0, 100, 201, 300}) {
      builder.add(new float[] {time}, time, 0);
    }
    assertThat(builder.build(Optional.of(Duration.ofMillis(100))).previous())
        .containsExactly(-1, 0, -1, 2);
  }

  @Property(seed = "20260")
  void shouldSortByTimeAndKeepOrderOfEqualTimes(
      @ForAll @Size(max = 60) List<@LongRange(min = -3, max = 3) Long> times) {
    // Given
    RowsBuilder builder = new RowsBuilder(1);
    for (int i = 0; i < times.size(); i++) {
      builder.add(new float[] {i}, times.get(i), 0);
    }

    // When
    Rows rows = builder.build().rows();

    // Then
    List<Integer> expected =
        IntStream.range(0, times.size()).boxed().sorted(Comparator.comparing(times::get)).toList();
    assertThat(IntStream.range(0, rows.count()).mapToObj(i -> (int) rows.at(i, 0)).toList())
        .isEqualTo(expected);
  }
}
