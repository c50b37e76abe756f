package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.ScoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with all that has a memory (windows, differences, incidents) are killed in turns,
 * while they rebalance and while a model takes over, and the broker is restarted under them. What
 * they publish must be what an instance publishes that nothing happens to.
 */
class StatefulCrashIT {
  private static final int RECORDS_PER_SECOND = 600;
  private static final int KEYS = 30;

  /** Of a key, in records: how often it goes wrong, and for how long. */
  private static final int FAULT_EVERY = 60;

  private static final int FAULT_RECORDS = 6;

  /**
   * Between two records, in event time: so fast that the wall clock, by which time goes on while no
   * record comes, is never ahead.
   */
  private static final Duration STEP = Duration.ofMillis(250);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final String SETTINGS =
      """
      alerts:
        incidents:
          openAfter: 2
          among: 4
          updateEvery: 10s
          closeAfter: 120s
          cooldown: 30s
          maxPerHour: 60
      """;

  private static final String KILLED = "killed";
  private static final String UNDISTURBED = "undisturbed";

  @TempDir Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void shouldPublishWhatAnUndisturbedScorerPublishes() throws Exception {
    Path bundle = train("1");
    SplittableRandom random = new SplittableRandom(11);
    try (CrashScene scene = new CrashScene(folder);
        SteadyStream stream =
            new SteadyStream(
                scene.bootstrapServers(), RECORDS_PER_SECOND, StatefulCrashIT::record)) {
      CommittedTopic<ScoredRecord> scored = scene.scored(KILLED);

      // When one of two is killed
      ScorerProcess a = scene.start(KILLED, "a", bundle, SETTINGS);
      ScorerProcess b = scene.start(KILLED, "b", bundle, SETTINGS);
      awaitProgress(scored, a, b);
      a.kill();
      awaitProgress(scored, b);

      // And the other one, while the work is being shared out again
      a = scene.start(KILLED, "a", bundle, SETTINGS);
      pause(1500, random);
      b.kill();
      awaitProgress(scored, a);

      // And both, while a model takes over
      b = scene.start(KILLED, "b", bundle, SETTINGS);
      awaitProgress(scored, a, b);
      train("2");
      pause(50, random);
      a.kill();
      b.kill();
      a = scene.start(KILLED, "a", bundle, SETTINGS);
      awaitProgress(scored, a);
      b = scene.start(KILLED, "b", bundle, SETTINGS);
      train("3");
      awaitProgress(scored, a, b);

      // And the broker restarts
      scene.restartBroker();
      awaitProgress(scored, a, b);
      assertThat(List.of(a, b)).as("after the broker's restart").allMatch(ScorerProcess::isAlive);

      // And one leaves in peace, and the other one when all is done
      assertThat(a.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      awaitProgress(scored, b);
      assertThat(stream.isRunning()).as("the stream must outlast the kills").isTrue();
      stream.stop();
      long records = scene.recordsWritten();
      assertThat(records).isGreaterThanOrEqualTo(stream.count());
      scored.awaitCount(records, b);
      assertThat(b.terminate()).as("exit code after SIGTERM").isIn(0, 143);

      // Then it is as if nothing had happened
      CommittedTopic<ScoredRecord> expected = scene.scored(UNDISTURBED);
      ScorerProcess undisturbed = scene.start(UNDISTURBED, "c", bundle, SETTINGS);
      expected.awaitCount(records, undisturbed);
      assertThat(undisturbed.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      scored.pollAll();
      expected.pollAll();
      Map<String, ScoredRecord> byPlace = byPlace(scored);
      assertThat(byPlace).as("places of records").hasSize(Math.toIntExact(records));
      assertThat(scored.count()).as("scores of %d records", records).isEqualTo(byPlace.size());
      assertSameScores(byPlace, byPlace(expected));
      assertThat(versions(scored))
          .as("models that scored")
          .containsExactlyInAnyOrder("1", "2", "3");

      List<Alert> alerts = alerts(scene, KILLED);
      // After the newest records time goes on with the clock, for as long as a scorer happens to
      // run.
      Instant end = START.plus(STEP.multipliedBy(records - KEYS));
      assertThat(told(alerts, end)).isEqualTo(told(alerts(scene, UNDISTURBED), end));
      assertThat(alerts.stream().map(Alert::getStatus).collect(Collectors.toSet()))
          .contains(AlertStatus.OPENED, AlertStatus.UPDATED, AlertStatus.CLOSED);
    }
  }

  /** Only the version differs from training to training. */
  private Path train(String version) {
    Bundle bundle =
        TinyBundle.train(
            folder,
            "version=" + version,
            "model.window=4",
            "features.columns=[{match: a, transforms: [none, difference]}]");
    return bundle.folder();
  }

  private static void awaitProgress(CommittedTopic<?> scored, ScorerProcess... scorers) {
    scored.poll();
    scored.awaitCount(scored.count() + 2L * RECORDS_PER_SECOND, scorers);
  }

  private static void pause(int millis, SplittableRandom random) {
    LockSupport.parkNanos(Duration.ofMillis(millis + random.nextInt(500)).toNanos());
  }

  private static ProducerRecord<byte[], byte[]> record(int number) {
    int key = number % KEYS;
    int ofKey = number / KEYS;
    double[] row = TinyHistory.row(new SplittableRandom(number));
    if ((ofKey + key) % FAULT_EVERY < FAULT_RECORDS) {
      row[1] += 20;
    }
    return new ProducerRecord<>(
        CrashScene.INPUT,
        key % CrashScene.PARTITIONS,
        START.plus(STEP.multipliedBy(number)).toEpochMilli(),
        ("key-" + key).getBytes(StandardCharsets.UTF_8),
        TinyHistory.json(row).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, ScoredRecord> byPlace(CommittedTopic<ScoredRecord> scored) {
    Map<String, ScoredRecord> byPlace = new TreeMap<>();
    for (ConsumerRecord<byte[], ScoredRecord> each : scored.records()) {
      ScoredRecord value = each.value();
      byPlace.put(value.getSourcePartition() + ":" + value.getSourceOffset(), value);
    }
    return byPlace;
  }

  private static Set<String> versions(CommittedTopic<ScoredRecord> scored) {
    return scored.records().stream()
        .map(each -> each.value().getModelVersion())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void assertSameScores(
      Map<String, ScoredRecord> actual, Map<String, ScoredRecord> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (place, wanted) -> {
          ScoredRecord found = actual.get(place);
          boolean same =
              Math.abs(found.getScore() - wanted.getScore()) <= 1e-5 * Math.abs(wanted.getScore())
                  && found.getAnomalous() == wanted.getAnomalous()
                  && found.getWarmingUp() == wanted.getWarmingUp();
          if (!same) {
            differences.add(place + ": " + found + " instead of " + wanted);
          }
        });
    assertThat(differences).as("records whose windows were not the same").isEmpty();
  }

  private static List<Alert> alerts(CrashScene scene, String application) {
    CommittedTopic<Alert> alerts = scene.alerts(application);
    alerts.awaitCount(1);
    alerts.pollAll();
    return alerts.records().stream().map(ConsumerRecord::value).toList();
  }

  /**
   * What is told of each key up to a time, in order, but for when and by which application it was
   * told.
   */
  private static Map<String, List<String>> told(List<Alert> alerts, Instant end) {
    return alerts.stream()
        .filter(alert -> !alert.getEventTime().isAfter(end))
        .collect(
            Collectors.groupingBy(
                Alert::getKey,
                TreeMap::new,
                Collectors.mapping(
                    alert ->
                        "%s %s at %s, %d anomalous since %s, by record %d:%d"
                            .formatted(
                                alert.getIncidentId().replaceFirst("^[^:]*:", ""),
                                alert.getStatus(),
                                alert.getEventTime(),
                                alert.getAnomalousRecords(),
                                alert.getIncidentStart(),
                                alert.getSourcePartition(),
                                alert.getSourceOffset()),
                    Collectors.toList())));
  }
}
