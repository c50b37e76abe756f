package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.TinyManifest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
  private final FakeModel model = new FakeModel(TinyManifest.ofThreeFeatures());
  private final MicroBatch<String> batch = new MicroBatch<>(model, 3);
  private final List<String> taken = new ArrayList<>();
  private final List<String> afterwards = new ArrayList<>();

  @Test
  void shouldHandOutRecordsInTheirOrderWithTheirScores() {
    // Given
    add("a", 5);
    add("b", 1);
    add("c", 9);

    // When
    drain();

    // Then
    assertThat(taken).containsExactly("a:5.0", "b:1.0", "c:9.0");
    assertThat(model.batchSizes()).containsExactly(3);
  }

  @Test
  void shouldBeFullAtItsCapacityAndEmptyAfterDraining() {
    add("a", 1);
    add("b", 2);
    assertThat(batch.isFull()).isFalse();

    add("c", 3);
    assertThat(batch.isFull()).isTrue();
    assertThat(batch.size()).isEqualTo(3);

    drain();
    assertThat(batch.isFull()).isFalse();
    assertThat(batch.size()).isZero();
  }

  @Test
  void shouldRefuseARecordBeyondItsCapacity() {
    add("a", 1);
    add("b", 2);
    add("c", 3);

    assertThatThrownBy(() -> add("d", 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("3 rows");
    assertThat(batch.size()).isEqualTo(3);
  }

  @Test
  void shouldScoreNothingWhenEmpty() {
    drain();

    assertThat(taken).isEmpty();
    assertThat(model.batchSizes()).isEmpty();
  }

  @Test
  void shouldBeUsableAgain() {
    add("a", 1);
    drain();
    add("b", 2);
    add("c", 3);
    drain();

    assertThat(taken).containsExactly("a:1.0", "b:2.0", "c:3.0");
    assertThat(model.batchSizes()).containsExactly(1, 2);
  }

  @Test
  void shouldCopyARowSoThatTheCallerMayReuseIt() {
    float[] row = {1, 0, 0};
    batch.add("a", row, () -> 0);
    row[0] = 99;

    drain();

    assertThat(taken).containsExactly("a:1.0");
  }

  @Test
  void shouldKeepItsRecordsWhenScoringFails() {
    // Given
    add("a", 1);
    add("b", 2);
    model.failing(true);

    // When
    assertThatThrownBy(this::drain).hasMessage("told to fail");

    // Then
    assertThat(taken).isEmpty();
    assertThat(batch.size()).isEqualTo(2);
    model.failing(false);
    drain();
    assertThat(taken).containsExactly("a:1.0", "b:2.0");
  }

  @Test
  void shouldKeepItsRecordsAndFreeTheResultsWhenTheTakerFails() {
    // Given
    add("a", 1);
    add("b", 2);

    // When
    assertThatThrownBy(
            () ->
                batch.drain(
                    (record, scored, rows, row) -> {
                      throw new IllegalStateException("no");
                    },
                    (record, scored, rows, row) -> afterwards.add(record)))
        .hasMessage("no");

    // Then
    assertThat(batch.size()).isEqualTo(2);
    assertThat(afterwards).isEmpty();
    assertThat(model.openBatches()).isZero();
  }

  @Test
  void shouldTellHowLongTheOldestRecordHasWaited() {
    assertThat(batch.oldestWaitedNanos(1_000)).isZero();

    batch.add("a", new float[3], () -> 1_000);
    batch.add("b", new float[3], () -> 5_000);
    assertThat(batch.oldestWaitedNanos(7_000)).isEqualTo(6_000);

    drain();
    assertThat(batch.oldestWaitedNanos(8_000)).isZero();
    batch.add("c", new float[3], () -> 9_000);
    assertThat(batch.oldestWaitedNanos(9_500)).isEqualTo(500);
  }

  private void add(String record, float score) {
    batch.add(record, new float[] {score, 0, 0}, () -> 0);
  }

  private void drain() {
    batch.drain(
        (record, scored, rows, row) -> taken.add(record + ":" + scored.score(row)),
        (record, scored, rows, row) -> afterwards.add(record));
  }
}
