package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with all that has a memory (windows, differences, incidents, silence), of keys that
 * are a field of their records, are killed in turns, while they rebalance and while a model takes
 * over, and the broker is restarted under them. What they publish must be what an instance
 * publishes that nothing happens to.
 */
class StatefulCrashIT {
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
        silence:
          after: 40s
      """;

  private static final String KILLED = "killed";
  private static final String UNDISTURBED = "undisturbed";

  @TempDir Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void shouldPublishWhatAnUndisturbedScorerPublishes() throws Exception {
    Path bundle = KeyedRecords.train(folder, "1");
    SplittableRandom random = new SplittableRandom(11);
    try (CrashScene scene = new CrashScene(folder);
        SteadyStream stream =
            new SteadyStream(
                scene.bootstrapServers(), KeyedRecords.PER_SECOND, KeyedRecords::record)) {
      CommittedTopic<ScoredRecord> scored = scene.scored(KILLED);

      // When one of two is killed
      ScorerProcess a = start(scene, KILLED, "a", bundle);
      ScorerProcess b = start(scene, KILLED, "b", bundle);
      awaitProgress(scored, a, b);
      a.kill();
      awaitProgress(scored, b);

      // And the other one, while the work is being shared out again
      a = start(scene, KILLED, "a", bundle);
      pause(1500, random);
      b.kill();
      awaitProgress(scored, a);

      // And both, while a model takes over
      b = start(scene, KILLED, "b", bundle);
      awaitProgress(scored, a, b);
      KeyedRecords.train(folder, "2");
      pause(50, random);
      a.kill();
      b.kill();
      a = start(scene, KILLED, "a", bundle);
      awaitProgress(scored, a);
      b = start(scene, KILLED, "b", bundle);
      KeyedRecords.train(folder, "3");
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
      ScorerProcess undisturbed = start(scene, UNDISTURBED, "c", bundle);
      expected.awaitCount(records, undisturbed);
      assertThat(undisturbed.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      scored.pollAll();
      expected.pollAll();
      Map<String, String> told = Told.ofRecords(scored);
      assertThat(told).as("places of records").hasSize(Math.toIntExact(records));
      assertThat(scored.count()).as("scores of %d records", records).isEqualTo(told.size());
      assertThat(told).isEqualTo(Told.ofRecords(expected));
      assertThat(versions(scored))
          .as("models that scored")
          .containsExactlyInAnyOrder("1", "2", "3");

      Instant end = KeyedRecords.toldUntil(records);
      List<Alert> alerts = alerts(scene, KILLED);
      assertThat(Told.ofKeys(alerts, end)).isEqualTo(Told.ofKeys(alerts(scene, UNDISTURBED), end));
      assertThat(alerts)
          .extracting(alert -> alert.getKind() + " " + alert.getStatus())
          .contains(
              "ANOMALY OPENED",
              "ANOMALY UPDATED",
              "ANOMALY CLOSED",
              "SILENCE OPENED",
              "SILENCE CLOSED");
      assertThat(alerts).extracting(Alert::getId).doesNotHaveDuplicates();
    }
  }

  private static ScorerProcess start(
      CrashScene scene, String application, String instance, Path bundle) throws Exception {
    return scene.start(
        application, instance, bundle, "num.standby.replicas: 0", KeyedRecords.BY_FIELD, SETTINGS);
  }

  private static void awaitProgress(CommittedTopic<?> scored, ScorerProcess... scorers) {
    scored.poll();
    scored.awaitCount(scored.count() + 2L * KeyedRecords.PER_SECOND, scorers);
  }

  private static void pause(int millis, SplittableRandom random) {
    LockSupport.parkNanos(Duration.ofMillis(millis + random.nextInt(500)).toNanos());
  }

  private static Set<String> versions(CommittedTopic<ScoredRecord> scored) {
    return scored.records().stream()
        .map(each -> each.value().getModelVersion())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Alert> alerts(CrashScene scene, String application) {
    CommittedTopic<Alert> alerts = scene.alerts(application);
    alerts.awaitCount(1);
    alerts.pollAll();
    return alerts.records().stream().map(ConsumerRecord::value).toList();
  }
}
