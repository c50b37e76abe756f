package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.Alert;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All at once: windows, incidents, silence, drift, a model on trial, and states in RocksDB. A
 * scorer is killed, and goes on from its own disk; what it publishes must be what one publishes
 * that nothing happens to. Beside it one is killed that goes by keys of a field and need not do
 * everything exactly once; it must leave nothing out.
 */
class EverythingCrashIT {
  /** Scored before a kill and after it: together they last for longer than drift's window. */
  private static final int SCORED_BETWEEN = 8000;

  /** How many records drift's window has. */
  private static final int DRIFT_WINDOW = 14_400;

  private static final String SETTINGS =
      """
      alerts:
        incidents: {openAfter: 2, among: 4, updateEvery: 10s, closeAfter: 120s, maxPerHour: 60}
        silence: {after: 40s}
      drift: {window: 30m, minRecords: 100, threshold: 0.03, lasting: 1m}
      shadow: {path: %s, topic: %s-compared}
      state: {store: rocksdb, cachedKeys: 5}
      """;

  private static final String KILLED = "killed";
  private static final String UNDISTURBED = "undisturbed";
  private static final String AT_LEAST_ONCE = "once-or-more";

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void shouldGoOnWithAllThatItRemembers() throws Exception {
    Path bundle = KeyedRecords.train(folder.resolve("live"), "live");
    Path trial = KeyedRecords.train(folder.resolve("trial"), "trial");
    try (CrashScene scene = new CrashScene(folder);
        SteadyStream stream =
            new SteadyStream(
                scene.bootstrapServers(), KeyedRecords.PER_SECOND, KeyedRecords::record)) {
      CommittedTopic<ScoredRecord> scored = scene.scored(KILLED);
      CommittedTopic<ScoredRecord> expected = scene.scored(UNDISTURBED);
      ScorerProcess undisturbed = start(scene, UNDISTURBED, bundle, trial);

      // When both others are killed
      ScorerProcess exact = start(scene, KILLED, bundle, trial);
      ScorerProcess loose = start(scene, AT_LEAST_ONCE, bundle, trial);
      scored.awaitCount(SCORED_BETWEEN, exact);
      exact.kill();
      loose.kill();
      // So much that drift must still come out the same: half of its window for a slow machine.
      stream.slowDownFrom(stream.count() + DRIFT_WINDOW / 2);
      exact = start(scene, KILLED, bundle, trial);
      loose = start(scene, AT_LEAST_ONCE, bundle, trial);
      scored.poll();
      scored.awaitCount(scored.count() + 1L, exact);
      stream.slowDownFrom(Integer.MAX_VALUE);
      scored.awaitCount(scored.count() + (long) SCORED_BETWEEN, exact);
      stream.stop();
      long records = scene.recordsWritten();
      scored.awaitCount(records, exact);
      awaitAll(scene.scored(AT_LEAST_ONCE), records, loose);
      expected.awaitCount(records, undisturbed);
      for (ScorerProcess each : List.of(exact, loose, undisturbed)) {
        assertThat(each.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      }

      // Then each record has one score, and the one that it should have
      scored.pollAll();
      Map<String, String> told = Told.ofRecords(scored);
      assertThat(scored.count()).isEqualTo(told.size()).isEqualTo(Math.toIntExact(records));
      assertThat(told).isEqualTo(Told.ofRecords(expected));
      List<ConsumerRecord<byte[], ComparedRecord>> compared = all(scene.compared(KILLED));
      assertThat(compared).hasSize(Math.toIntExact(records));
      assertThat(compared).allMatch(each -> each.value().getShadow() != null);

      // And the same is told of keys, but for what only the clock says after the last record; and
      // of drift
      Instant end = KeyedRecords.toldUntil(records);
      List<Alert> alerts = alerts(scene, KILLED);
      List<Alert> wanted = alerts(scene, UNDISTURBED);
      assertThat(Told.ofKeys(alerts, end)).isEqualTo(Told.ofKeys(wanted, end));
      assertThat(Told.ofDrift(alerts)).isEqualTo(Told.ofDrift(wanted)).hasSize(1);
      assertThat(alerts)
          .extracting(alert -> alert.getKind() + " " + alert.getStatus())
          .contains(
              "ANOMALY OPENED",
              "ANOMALY CLOSED",
              "SILENCE OPENED",
              "SILENCE CLOSED",
              "DRIFT OPENED");
      assertThat(alerts).extracting(Alert::getId).doesNotHaveDuplicates();
    }
  }

  private static ScorerProcess start(CrashScene scene, String application, Path bundle, Path trial)
      throws Exception {
    String settings = SETTINGS.formatted(trial, application);
    return application.equals(AT_LEAST_ONCE)
        ? scene.start(
            application,
            "a",
            bundle,
            "processing.guarantee: at_least_once",
            KeyedRecords.BY_FIELD,
            settings)
        : scene.start(
            application,
            "a",
            bundle,
            // Drift waits for partitions that are less than its window apart.
            "main.consumer.max.partition.fetch.bytes: 16384",
            "format: json",
            settings);
  }

  /** Waits until each record has a score at least. */
  private static void awaitAll(
      CommittedTopic<ScoredRecord> scored, long records, ScorerProcess scorer) {
    Set<String> seen = new HashSet<>();
    int looked = 0;
    while (seen.size() < records) {
      scored.awaitCount(looked + 1L, scorer);
      for (; looked < scored.count(); looked++) {
        seen.add(Told.place(scored.records().get(looked).value()));
      }
    }
  }

  private static <V> List<ConsumerRecord<byte[], V>> all(CommittedTopic<V> topic) {
    topic.awaitCount(1);
    topic.pollAll();
    return topic.records();
  }

  private static List<Alert> alerts(CrashScene scene, String application) {
    return all(scene.alerts(application)).stream().map(ConsumerRecord::value).toList();
  }
}
