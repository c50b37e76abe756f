package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Transform;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.Exclusion;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of which periods are left out, or a sample is drawn. */
final class PartialHistoryTest {
  private static final Instant START = Instant.parse("2026-10-03T00:00:00Z");
  private static final FeatureSelection DIFFERENCE =
      new FeatureSelection(
          null,
          null,
          null,
          List.of(
              new ColumnRule(
                  "a", null, List.of(Transform.NONE, Transform.DIFFERENCE), null, null, null)),
          null,
          null,
          null);

  @TempDir private Path folder;
  private String file;

  /** Forty rows, one an hour, of two hosts in turns. */
  @BeforeEach
  void writeRows() throws IOException {
    file =
        TestFiles.write(
            folder,
            "h.csv",
            Stream.concat(
                    Stream.of("t,host,a"),
                    IntStream.range(0, 40)
                        .mapToObj(
                            i -> START.plusSeconds(3600L * i) + (i % 2 == 0 ? ",x," : ",y,") + i))
                .toArray(String[]::new));
  }

  @Test
  void shouldLeaveOutPeriodsAndNotLookBackAcrossThem() {
    // When periods overlap and one ends where a row is
    History history =
        read(
            config(
                List.of(
                    new Exclusion("2026-10-03T05:00:00Z", "2026-10-03T08:00:00Z"),
                    new Exclusion("2026-10-03T07:30:00Z", "2026-10-03T10:00:00Z")),
                null),
            DIFFERENCE);

    // Then rows 5 to 9 are gone
    assertThat(history.rows().count()).isEqualTo(35);
    assertThat(IntStream.range(0, 35).mapToObj(i -> history.rows().at(i, 0)))
        .startsWith(0f, 1f, 2f, 3f, 4f, 10f, 11f)
        .doesNotContain(5f, 9f);
    assertThat(IntStream.range(0, 8).mapToObj(i -> history.rows().at(i, 1)))
        .containsExactly(Float.NaN, Float.NaN, 2f, 2f, 2f, Float.NaN, Float.NaN, 2f);
    assertThat(history.linked().previous()).startsWith(-1, -1, 0, 1, 2, -1, -1, 5, 6);
    // Of windows of three rows, four are lost at the start and four after the gap: two a host.
    assertThat(history.samples(3).count()).isEqualTo(35 - 8);
    assertThat(history.notes())
        .containsExactly(
            "rows in the periods of source.exclude were left out: 5; what looks back begins anew"
                + " after each period");
  }

  @Test
  void shouldCutWhereAHostHasNoRowInThePeriod() {
    History history =
        read(
            config(List.of(new Exclusion("2026-10-03T04:30:00Z", "2026-10-03T04:40:00Z")), null),
            DIFFERENCE);
    assertThat(history.linked().previous()).startsWith(-1, -1, 0, 1, 2, -1, -1, 5);
    assertThat(history.notes())
        .containsExactly(
            "no row lies in the periods of source.exclude; are their times right (UTC)?");
  }

  @Test
  void shouldBeginAnewAfterLongGaps() throws IOException {
    // Given two hosts in turns, of which one is silent for five hours
    String gap =
        TestFiles.write(
            folder,
            "gap.csv",
            Stream.concat(
                    Stream.of("t,host,a"),
                    IntStream.range(0, 20)
                        .filter(i -> i % 2 == 0 || i < 6 || i > 9)
                        .mapToObj(
                            i -> START.plusSeconds(3600L * i) + (i % 2 == 0 ? ",x," : ",y,") + i))
                .toArray(String[]::new));
    CsvSourceConfig config = new CsvSourceConfig(List.of(gap), "t", "host");

    for (int hours : new int[] {5, 6}) {
      // When
      ReadingPlan plan =
          new ReadingPlan(
              2, Optional.of(Duration.ofHours(hours)), new SplitConfig(1e-9, 1e-9), Long.MAX_VALUE);
      History history = read(config, DIFFERENCE, plan);

      // Then y's row 11 comes six hours after its row 5
      boolean anew = hours == 5;
      assertThat(history.rows().copy(9, 10)).containsExactly(11, anew ? Float.NaN : 6);
      assertThat(history.linked().previous()[9]).isEqualTo(anew ? -1 : 5);
      assertThat(history.samples(2).count()).isEqualTo(anew ? 15 : 16);
    }
  }

  @Test
  void shouldRefuseToLeaveOutEverything() {
    CsvSourceConfig config =
        config(List.of(new Exclusion("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")), null);
    assertThatThrownBy(() -> read(config, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("all rows of " + file + " with a value lie in the periods of source.exclude");
  }

  @Test
  void shouldSampleInOrderOfTime() {
    // When
    History history = read(config(null, 10), FeatureSelection.ALL);
    History again = read(config(null, 10), FeatureSelection.ALL);
    History other =
        read(new CsvSourceConfig(List.of(file), "t", "host", null, 10, 2L), FeatureSelection.ALL);

    // Then
    float[] values = history.rows().copy();
    assertThat(values).hasSize(10).isSorted().doesNotHaveDuplicates();
    assertThat(values).isNotEqualTo(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(history.linked().times()).isSorted();
    for (int i = 0; i < 10; i++) {
      assertThat(history.linked().times()[i])
          .isEqualTo(START.plusSeconds((long) (3600 * values[i])).toEpochMilli());
    }
    assertThat(history.linked().previous()).containsOnly(-1);
    assertThat(again.rows().copy()).containsExactly(values);
    assertThat(other.rows().copy()).isNotEqualTo(values);
    assertThat(history.notes())
        .containsExactly("sampled 10 of 40 rows at random, as source.sample asks");
  }

  @Test
  void shouldKeepOrderOfSampledRowsOfEqualTimes() throws IOException {
    // Given rows that all happened at once
    String equal =
        TestFiles.write(
            folder,
            "equal.csv",
            Stream.concat(Stream.of("t,a"), IntStream.range(0, 3000).mapToObj(i -> "7," + i))
                .toArray(String[]::new));

    // When
    History history =
        read(
            new CsvSourceConfig(List.of(equal), "t", null, null, 1500, null), FeatureSelection.ALL);

    // Then
    assertThat(history.rows().copy()).hasSize(1500).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldTakeAllRowsIfTheyAreFewerThanTheSample() {
    History history = read(config(null, 40), FeatureSelection.ALL);
    assertThat(history.rows().count()).isEqualTo(40);
    assertThat(history.notes()).isEmpty();
  }

  @Test
  void shouldSampleRowsThatHaveLookedBackAlready() {
    // When
    History history = read(config(null, 10), DIFFERENCE);

    // Then the row before it was the host's, whether it is in the sample or not
    assertThat(history.rows().count()).isEqualTo(10);
    for (int i = 0; i < 10; i++) {
      float a = history.rows().at(i, 0);
      assertThat(history.rows().copy(i, i + 1)).containsExactly(a, a < 2 ? Float.NaN : 2);
    }
  }

  @Test
  void shouldSampleRunsForWindows() throws IOException {
    // Given 4000 rows of two hosts in turns
    String many = many(4000);

    // When
    History history =
        read(
            new CsvSourceConfig(List.of(many), "t", "host", null, 800, null),
            FeatureSelection.ALL,
            Plans.of(5));

    // Then they are the rows of single hosts, one after the other, in runs of ten
    assertThat(history.rows().count()).isBetween(780, 800);
    Samples samples = history.samples(5);
    assertThat(samples.count()).isBetween(400, 600);
    for (int i = 0; i < samples.count(); i++) {
      float[] window = samples.copy(i, i + 1);
      for (int j = 1; j < 5; j++) {
        assertThat(window[j] - window[j - 1]).isEqualTo(2);
      }
    }
    assertThat(history.notes())
        .containsExactly(
            "sampled "
                + history.rows().count()
                + " of 4,000 rows at random, in runs of 10 consecutive rows of a key, as"
                + " source.sample asks");
  }

  @Test
  void shouldSampleWhatDoesNotFitIntoMemory() throws IOException {
    // Given room for a quarter of the rows
    CsvSourceConfig config = new CsvSourceConfig(List.of(many(4000)), "t", "host");
    for (int window : new int[] {1, 5}) {
      long bytesOfRow = 2 * (4 + 40) + 4L * (window + 1);
      ReadingPlan plan =
          new ReadingPlan(window, Optional.empty(), new SplitConfig(1e-9, 1e-9), 1000 * bytesOfRow);

      // When
      History history = read(config, FeatureSelection.ALL, plan);

      // Then
      assertThat(history.rows().count()).isBetween(990, 1000);
      assertThat(history.samples(window).count()).isBetween(600, 1000);
      assertThat(history.notes())
          .singleElement()
          .asString()
          .startsWith("sampled " + (window == 1 ? "1,000" : ""))
          .contains(" of 4,000 rows at random, ")
          .contains("which is what fits into this process's heap of ")
          .contains("WEIR_JAVA_OPTS=-Xmx8g");
    }
  }

  @Test
  void shouldNotSampleWhatFits() throws IOException {
    long bytesOfRow = 2 * (4 + 40) + 4L * 6;
    ReadingPlan plan =
        new ReadingPlan(5, Optional.empty(), new SplitConfig(1e-9, 1e-9), 4000 * bytesOfRow);
    History history =
        read(new CsvSourceConfig(List.of(many(4000)), "t", "host"), FeatureSelection.ALL, plan);
    assertThat(history.rows().count()).isEqualTo(4000);
    assertThat(history.samples(5).count()).isEqualTo(4000 - 8);
    assertThat(history.notes()).isEmpty();
  }

  /** Rows of two hosts in turns, whose values are their numbers. */
  private String many(int rows) throws IOException {
    return TestFiles.write(
        folder,
        "many.csv",
        Stream.concat(
                Stream.of("t,host,a"),
                IntStream.range(0, rows).mapToObj(i -> i + (i % 2 == 0 ? ",x," : ",y,") + i))
            .toArray(String[]::new));
  }

  private CsvSourceConfig config(List<Exclusion> exclude, Integer sample) {
    return new CsvSourceConfig(List.of(file), "t", "host", exclude, sample, null);
  }

  private static History read(CsvSourceConfig config, FeatureSelection selection) {
    return read(config, selection, Plans.ROWS);
  }

  private static History read(
      CsvSourceConfig config, FeatureSelection selection, ReadingPlan plan) {
    return Histories.read(config, selection, plan, unused -> {});
  }
}
