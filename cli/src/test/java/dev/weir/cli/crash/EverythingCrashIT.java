package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All at once: keys of a field, windows, incidents, silence, drift, a model on trial, and states in
 * RocksDB. A scorer is killed, and goes on from its own disk; what it publishes must be what one
 * publishes that nothing happens to. Beside it one that need not do everything exactly once is
 * killed, and must leave nothing out.
 */
class EverythingCrashIT {
  private static final int RECORDS_PER_SECOND = 600;

  /** Scored before a kill and after it: together they last for longer than drift's window. */
  private static final int SCORED_BETWEEN = 6000;

  private static final int KEYS = 30;

  /** Between two records, in event time: so fast that the wall clock is never ahead. */
  private static final Duration STEP = Duration.ofMillis(250);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** A key of which some records in a row are of another key, so many of its own at a time. */
  private static final int COMING_AND_GOING = 5;

  private static final int AWAY_EVERY = 80;
  private static final int AWAY_RECORDS = 15;

  private static final String SETTINGS =
      """
      alerts:
        incidents: {openAfter: 2, among: 4, updateEvery: 10s, closeAfter: 120s, maxPerHour: 60}
        silence: {after: 60s}
      drift: {window: 30m, minRecords: 100, threshold: 0.03, lasting: 1m}
      shadow: {path: %s, topic: %s-compared}
      state: {store: rocksdb, cachedKeys: 5}
      """;

  private static final String KEYED = "keyField: host";
  private static final String KILLED = "killed";
  private static final String UNDISTURBED = "undisturbed";
  private static final String AT_LEAST_ONCE = "once-or-more";

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void shouldGoOnWithAllThatItRemembers() throws Exception {
    Path bundle = train("live");
    Path trial = train("trial");
    try (CrashScene scene = new CrashScene(folder);
        SteadyStream stream =
            new SteadyStream(
                scene.bootstrapServers(), RECORDS_PER_SECOND, EverythingCrashIT::record)) {
      CommittedTopic<ScoredRecord> scored = scene.scored(KILLED);

      // When both are killed
      ScorerProcess exact = start(scene, KILLED, bundle, trial);
      ScorerProcess loose = start(scene, AT_LEAST_ONCE, bundle, trial);
      scored.awaitCount(SCORED_BETWEEN, exact);
      exact.kill();
      loose.kill();
      exact = start(scene, KILLED, bundle, trial);
      loose = start(scene, AT_LEAST_ONCE, bundle, trial);
      scored.poll();
      scored.awaitCount(scored.count() + (long) SCORED_BETWEEN, exact);
      stream.stop();
      long records = scene.recordsWritten();
      scored.awaitCount(records, exact);
      Set<String> seen = new HashSet<>();
      CommittedTopic<ScoredRecord> atLeastOnce = scene.scored(AT_LEAST_ONCE);
      while (seen.size() < records) {
        atLeastOnce.awaitCount(atLeastOnce.count() + 1L, loose);
        atLeastOnce.records().forEach(each -> seen.add(place(each.value())));
      }
      assertThat(exact.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      assertThat(loose.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      ScorerProcess undisturbed = start(scene, UNDISTURBED, bundle, trial);
      CommittedTopic<ScoredRecord> expected = scene.scored(UNDISTURBED);
      expected.awaitCount(records, undisturbed);
      assertThat(undisturbed.terminate()).as("exit code after SIGTERM").isIn(0, 143);

      // Then each record has one score, and the one that it should have
      scored.pollAll();
      Map<String, String> scores = scores(scored);
      assertThat(scored.count()).isEqualTo(scores.size()).isEqualTo(Math.toIntExact(records));
      assertThat(scores).isEqualTo(scores(expected));
      List<ConsumerRecord<byte[], ComparedRecord>> compared = all(scene.compared(KILLED));
      assertThat(compared).hasSize(Math.toIntExact(records));
      assertThat(compared).allMatch(each -> each.value().getShadow() != null);

      // And the same is told of keys, but for what only the clock says after the last record
      Instant end = START.plus(STEP.multipliedBy(records)).minus(Duration.ofMinutes(3));
      List<Alert> alerts = alerts(scene, KILLED);
      assertThat(told(alerts, end)).isEqualTo(told(alerts(scene, UNDISTURBED), end));
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

  private ScorerProcess start(CrashScene scene, String application, Path bundle, Path trial)
      throws Exception {
    return scene.start(
        application,
        "a",
        bundle,
        application.equals(AT_LEAST_ONCE)
            ? "processing.guarantee: at_least_once"
            : "processing.guarantee: exactly_once_v2",
        KEYED,
        SETTINGS.formatted(trial, application));
  }

  private Path train(String name) throws Exception {
    Bundle bundle =
        TinyBundle.train(
            Files.createDirectories(folder.resolve(name)),
            "version=" + name,
            "model.window=4",
            "features.columns=[{match: a, transforms: [none, difference]}]");
    return bundle.folder();
  }

  private static ProducerRecord<byte[], byte[]> record(int number) {
    int key = number % KEYS;
    int ofKey = number / KEYS;
    double[] row = TinyHistory.row(new SplittableRandom(number));
    if ((ofKey + key) % 60 < 6) {
      row[1] += 20;
    }
    int sender =
        key == COMING_AND_GOING && ofKey % AWAY_EVERY >= AWAY_EVERY - AWAY_RECORDS
            ? key + CrashScene.PARTITIONS
            : key;
    String json = TinyHistory.json(row);
    return new ProducerRecord<>(
        CrashScene.INPUT,
        sender % CrashScene.PARTITIONS,
        START.plus(STEP.multipliedBy(number)).toEpochMilli(),
        null,
        ("{\"host\":\"key-" + sender + "\"," + json.substring(1)).getBytes(StandardCharsets.UTF_8));
  }

  private static String place(ScoredRecord scored) {
    return scored.getSourcePartition() + ":" + scored.getSourceOffset();
  }

  private static Map<String, String> scores(CommittedTopic<ScoredRecord> scored) {
    Map<String, String> scores = new HashMap<>();
    for (ConsumerRecord<byte[], ScoredRecord> each : scored.records()) {
      ScoredRecord value = each.value();
      scores.put(
          place(value),
          "%s %.4g %s %s"
              .formatted(
                  value.getKey(), value.getScore(), value.getAnomalous(), value.getWarmingUp()));
    }
    return scores;
  }

  private static <V> List<ConsumerRecord<byte[], V>> all(CommittedTopic<V> topic) {
    topic.awaitCount(1);
    topic.pollAll();
    return topic.records();
  }

  private static List<Alert> alerts(CrashScene scene, String application) {
    return all(scene.alerts(application)).stream().map(ConsumerRecord::value).toList();
  }

  /** What is told of each key, in order, but for when and by which application it was told. */
  private static Map<String, List<String>> told(List<Alert> alerts, Instant end) {
    return alerts.stream()
        .filter(alert -> alert.getKind() != AlertKind.DRIFT && alert.getEventTime().isBefore(end))
        .collect(
            Collectors.groupingBy(
                Alert::getKey,
                TreeMap::new,
                Collectors.mapping(
                    alert ->
                        "%s %s at %s, %d anomalous, since %s"
                            .formatted(
                                alert.getIncidentId().replaceFirst("^[^:]*:", ""),
                                alert.getStatus() == AlertStatus.OPENED ? "opened" : "goes on",
                                alert.getEventTime(),
                                alert.getAnomalousRecords(),
                                alert.getIncidentStart()),
                    Collectors.toList())));
  }
}
