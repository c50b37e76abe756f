package dev.weir.scorer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.AlertStatus;
import dev.weir.scorer.alert.DriftNotice;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.state.DamagedStateException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counters of several tasks and the monitor that adds them up. */
class DriftMonitorTest {
  private static final long MINUTE = 60_000;
  private static final DriftConfig CONFIG =
      new DriftConfig(Duration.ofHours(2), 5, 100, 0.25, Duration.ofMinutes(10), true);
  private static final Manifest MODEL = model();
  private static final ModelIdentity IDENTITY = VerdictMaker.model(MODEL, AlertConfig.DEFAULT);

  private final Random random = new Random(3);

  @Test
  void shouldSayTheSameInWhateverPortionsCountsCome() {
    // Given
    List<String> whole = story(10_000, new Restarts(0));

    // Then
    assertThat(whole).hasSize(2);
    assertThat(story(1, new Restarts(0))).isEqualTo(whole);
    assertThat(story(37, new Restarts(0))).isEqualTo(whole);
  }

  @Test
  void shouldGoOnAfterARestart() {
    assertThat(story(1, new Restarts(41))).isEqualTo(story(1, new Restarts(0)));
  }

  @Test
  void shouldWaitForTheTaskThatIsBehind() {
    // Given two tasks of which each has half of the range
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task low = new Task("0_0", monitor, 0, 0.5f);
    Task high = new Task("0_1", monitor, 0.5f, 0.5f);

    // When one of them is always an hour ahead
    List<DriftNotice> notices = new ArrayList<>();
    for (int minute = 0; minute < 600; minute++) {
      notices.addAll(low.send(minute + 60));
      notices.addAll(high.send(minute));
    }

    // Then
    assertThat(notices).isEmpty();
    assertThat(monitor.report().orElseThrow().drifting()).isFalse();
    assertThat(monitor.report().orElseThrow().to()).isEqualTo(595 * MINUTE);
  }

  @Test
  void shouldNotWaitForATaskThatSendsNothingMore() {
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task gone = new Task("0_0", monitor, 0, 1);
    Task here = new Task("0_1", monitor, 0, 1);
    gone.send(0);

    for (int minute = 0; minute < 300; minute++) {
      here.send(minute);
    }

    assertThat(monitor.report().orElseThrow().to()).isEqualTo(295 * MINUTE);
  }

  @Test
  void shouldGoOnAfterYearsOfNothing() {
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task task = new Task("0_0", monitor, 0, 1);
    for (int minute = 0; minute < 200; minute++) {
      task.send(minute);
    }

    int later = 10_000_000;
    for (int minute = later; minute < later + 300; minute++) {
      task.send(minute);
    }

    assertThat(monitor.report().orElseThrow().to()).isEqualTo((later + 295) * MINUTE);
    assertThat(monitor.takeChanges().keySet().stream().filter(name -> name.startsWith("slice:")))
        .isNotEmpty();
  }

  @Test
  void shouldKeepNoMoreThanAWindow() {
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task task = new Task("0_0", monitor, 0, 1);
    Map<String, byte[]> kept = new HashMap<>();
    for (int minute = 0; minute < 2_000; minute++) {
      task.send(minute);
      keep(monitor, kept);
    }

    assertThat(kept).hasSizeLessThan(30);
  }

  @Test
  void shouldDropLateCountsOfTheModelBefore() {
    // Given a task that is still at the first model
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task slow = new Task("0_0", monitor, 0, 1);
    slow.send(0);
    Manifest next = TinyManifest.of(MODEL.features(), "2".repeat(64));
    DriftCounter counter = new DriftCounter(next, IDENTITY, CONFIG, "0_1");

    // When
    for (int minute = 0; minute < 300; minute++) {
      Task.count(counter, 0.5f, minute, 0);
      monitor.onCounts(counter.take().orElseThrow());
      slow.send(minute);
    }

    // Then it has one record a minute
    assertThat(monitor.report().orElseThrow().records()).isEqualTo(120);
  }

  /** Its state was damaged, or is gone; the tasks that count know nothing of that. */
  @Test
  void shouldSoonGoOnWithoutWhatItHasKept() {
    // Given a task that has said long ago what its counts are held against
    DriftCounter counter = new DriftCounter(MODEL, IDENTITY, CONFIG, "0_0");
    DriftMonitor before = new DriftMonitor("fleet", CONFIG);
    for (int minute = 0; minute < 60; minute++) {
      Task.count(counter, random.nextFloat(), minute, minute);
      before.onCounts(counter.take().orElseThrow());
    }

    // When another monitor takes over that knows nothing, and then all values are low
    DriftMonitor after = new DriftMonitor("fleet", CONFIG);
    List<DriftNotice> notices = new ArrayList<>();
    int begun = 0;
    for (int minute = 60; minute < 400; minute++) {
      Task.count(counter, random.nextFloat() * (minute < 200 ? 1 : 0.2f), minute, minute);
      notices.addAll(after.onCounts(counter.take().orElseThrow()));
      begun = begun == 0 && !after.takeChanges().isEmpty() ? minute : begun;
    }

    // Then it counts again within a slice, which is five minutes
    assertThat(begun).isBetween(60, 65);
    assertThat(notices).extracting(DriftNotice::status).containsExactly(AlertStatus.OPENED);
    assertThat(after.report().orElseThrow().records()).isEqualTo(120);
  }

  @Test
  void shouldSayAgainWhatCountsAreHeldAgainstOnceASlice() {
    DriftCounter counter = new DriftCounter(MODEL, IDENTITY, CONFIG, "0_0");
    List<Integer> said = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Task.count(counter, 0.5f, i / 10, i);
      if (new String(counter.take().orElseThrow(), StandardCharsets.UTF_8).contains("labels")) {
        said.add(i / 10);
      }
    }

    assertThat(said).containsExactly(0, 5, 10, 15);
  }

  @Test
  void shouldSayWhatToDoIfWhatItIsGivenIsDamaged() {
    // Given a monitor that has counted, and counts of a model with more bins under the same name
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    Task task = new Task("0_0", monitor, 0, 1);
    task.send(0);
    Map<String, byte[]> kept = monitor.takeChanges();
    DriftCounter counter = new DriftCounter(MODEL, IDENTITY, CONFIG, "0_1");
    Task.count(counter, 0.5f, 1, 0);
    String message = new String(counter.take().orElseThrow(), StandardCharsets.UTF_8);
    String more = message.replaceFirst("\"size\":\\d+", "\"size\":99");

    // Then
    assertThat(more).isNotEqualTo(message);
    assertThatThrownBy(() -> monitor.onCounts(more.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DamagedStateException.class)
        .hasMessageContaining("99 counts where the model has 11 bins")
        .hasMessageContaining("reset what this application keeps");
    kept.forEach(
        (name, bytes) ->
            assertThatThrownBy(
                    () ->
                        new DriftMonitor("fleet", CONFIG)
                            .restore(Map.of(name, Arrays.copyOf(bytes, bytes.length / 2))))
                .as(name)
                .isInstanceOf(DamagedStateException.class));
    assertThat(kept).hasSize(3);
  }

  @Test
  void shouldNotTakeAValueForWholeOfWhichAPieceIsGone() {
    Map<String, byte[]> entries = new HashMap<>();
    new PiecewiseStore(entries::put, 60).put("a", new byte[100]);
    assertThat(entries).hasSizeGreaterThan(2);
    assertThat(new PiecewiseStore((name, value) -> {}, 60).restored(entries).get("a")).hasSize(100);

    entries.remove("a#1");
    assertThatThrownBy(() -> new PiecewiseStore((name, value) -> {}, 60).restored(entries))
        .isInstanceOf(DamagedStateException.class)
        .hasMessageContaining("piece 1 of");
  }

  /** No drift for five hours, drift for five, and none again. */
  private List<String> story(int portion, Restarts restarts) {
    DriftMonitor monitor = new DriftMonitor("fleet", CONFIG);
    DriftCounter counter = new DriftCounter(MODEL, IDENTITY, CONFIG, "0_0");
    List<DriftNotice> notices = new ArrayList<>();
    Random values = new Random(8);
    Map<String, byte[]> kept = new HashMap<>();
    for (int minute = 0; minute < 900; minute++) {
      Task.count(counter, values.nextFloat() * (minute / 300 == 1 ? 0.4f : 1), minute, minute);
      if (minute % portion == 0) {
        notices.addAll(monitor.onCounts(counter.take().orElseThrow()));
        keep(monitor, kept);
        if (restarts.every() > 0 && minute % restarts.every() == 0) {
          monitor = new DriftMonitor("fleet", CONFIG);
          monitor.restore(kept);
          counter = new DriftCounter(MODEL, IDENTITY, CONFIG, "0_0");
        }
      }
    }
    // The last portion.
    Task.count(counter, 0.5f, 900, 900);
    notices.addAll(monitor.onCounts(counter.take().orElseThrow()));
    assertThat(notices)
        .extracting(DriftNotice::status)
        .containsExactly(AlertStatus.OPENED, AlertStatus.CLOSED);
    return notices.stream().map(DriftNotice::toString).toList();
  }

  private record Restarts(int every) {}

  private static void keep(DriftMonitor monitor, Map<String, byte[]> kept) {
    monitor
        .takeChanges()
        .forEach(
            (name, bytes) -> {
              if (bytes == null) {
                kept.remove(name);
              } else {
                kept.put(name, bytes);
              }
            });
  }

  private static Manifest model() {
    Manifest plain = TinyManifest.of(1, "1".repeat(64));
    return new Manifest(
        plain.formatVersion(),
        plain.name(),
        plain.version(),
        plain.family(),
        plain.window(),
        null,
        plain.features(),
        plain.calibration(),
        plain.threshold(),
        plain.provenance(),
        plain.modelSha256(),
        null,
        List.of(
            new FeatureDistribution(
                "f0",
                IntStream.range(1, 20).mapToObj(i -> i / 20f).toList(),
                Collections.nCopies(20, 500L),
                0)));
  }

  /** A task whose records are uniform within a part of the range from 0 to 1. */
  private final class Task {
    private final DriftCounter counter;
    private final DriftMonitor monitor;
    private final float from;
    private final float width;

    Task(String name, DriftMonitor monitor, float from, float width) {
      counter = new DriftCounter(MODEL, IDENTITY, CONFIG, name);
      this.monitor = monitor;
      this.from = from;
      this.width = width;
    }

    List<DriftNotice> send(int minute) {
      count(counter, from + random.nextFloat() * width, minute, minute);
      return monitor.onCounts(counter.take().orElseThrow());
    }

    static void count(DriftCounter counter, float value, int minute, long offset) {
      FeatureBatch batch = new FeatureBatch(1, 1);
      batch.add(new float[] {value});
      Verdict verdict =
          new Verdict(IDENTITY, value, value, false, false, List.of(), OptionalInt.empty());
      counter.count(batch, 0, verdict, "metrics", 0, offset, minute * MINUTE);
    }
  }
}
