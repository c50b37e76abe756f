package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the scorer with SIGKILL in the middle of a stream, again and again, and counts: every
 * record must come out exactly once.
 */
class ScorerCrashIT {
  private static final int KILLS = 4;
  private static final int RECORDS_PER_SECOND = 2000;
  private static final int MALFORMED_EVERY = 50;
  private static final int OUTLIER_EVERY = 70;
  private static final String APPLICATION = "crash";

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void shouldScoreEveryRecordExactlyOnceThoughItIsKilled() throws Exception {
    Bundle bundle = TinyBundle.train(folder);
    SplittableRandom random = new SplittableRandom(7);
    List<Integer> scoredAtKill = new ArrayList<>();
    try (CrashScene scene = new CrashScene(folder);
        SteadyStream stream =
            new SteadyStream(scene.bootstrapServers(), RECORDS_PER_SECOND, ScorerCrashIT::record)) {
      CommittedTopic<ScoredRecord> scored = scene.scored(APPLICATION);

      // When the scorer is killed in the middle of it, again and again
      for (int kill = 0; kill < KILLS; kill++) {
        int before = scored.count();
        ScorerProcess scorer = scene.start(APPLICATION, "only", bundle.folder(), "");
        scored.awaitCount(before + 1, scorer);
        LockSupport.parkNanos(Duration.ofMillis(150 + random.nextInt(700)).toNanos());
        assertThat(stream.isRunning()).as("the stream must outlast the kills").isTrue();
        scorer.kill();
        scored.poll();
        scoredAtKill.add(scored.count());
      }
      stream.stop();
      int malformed = stream.count() / MALFORMED_EVERY;
      int good = stream.count() - malformed;
      assertThat(scored.count()).as("the last kill was in mid-stream").isLessThan(good);

      // And then left alone until it has done everything
      ScorerProcess scorer = scene.start(APPLICATION, "only", bundle.folder(), "");
      CommittedTopic<byte[]> deadLetters = scene.deadLetters(APPLICATION);
      CommittedTopic<Alert> alerts = scene.alerts(APPLICATION);
      scored.awaitCount(good, scorer);
      deadLetters.awaitCount(malformed, scorer);
      assertThat(scorer.terminate()).as("exit code after SIGTERM").isIn(0, 143);
      scored.poll();
      deadLetters.poll();
      alerts.poll();

      // Then each record was scored or rejected exactly once, and each alert raised once
      assertThat(scoredAtKill).as("progress between the kills").doesNotHaveDuplicates();
      Map<String, Integer> timesScored = new TreeMap<>();
      Set<String> anomalous = new HashSet<>();
      for (ConsumerRecord<byte[], ScoredRecord> each : scored.records()) {
        ScoredRecord value = each.value();
        String place = value.getSourcePartition() + ":" + value.getSourceOffset();
        timesScored.merge(place, 1, Integer::sum);
        if (value.getAnomalous()) {
          anomalous.add(place);
        }
      }
      Map<String, Integer> timesRejected = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> each : deadLetters.records()) {
        timesRejected.merge(
            header(each, "weir.source.partition") + ":" + header(each, "weir.source.offset"),
            1,
            Integer::sum);
      }
      assertThat(timesScored.values()).as("times that a record was scored").containsOnly(1);
      assertThat(timesRejected.values()).as("times that one was rejected").containsOnly(1);
      assertThat(timesScored).hasSize(good);
      assertThat(timesRejected).hasSize(malformed);
      assertThat(timesScored.keySet()).doesNotContainAnyElementsOf(timesRejected.keySet());
      assertThat(
              alerts.records().stream()
                  .map(a -> a.value().getSourcePartition() + ":" + a.value().getSourceOffset()))
          .containsExactlyInAnyOrderElementsOf(anomalous);
      assertThat(anomalous).hasSizeGreaterThan(good / OUTLIER_EVERY / 2);
    }
  }

  /** Most are good, some not JSON, some far from normal. */
  private static ProducerRecord<byte[], byte[]> record(int number) {
    double[] row = TinyHistory.row(new SplittableRandom(number));
    if (number % OUTLIER_EVERY == 0) {
      row[1] += 20;
    }
    boolean malformed = number % MALFORMED_EVERY == MALFORMED_EVERY - 1;
    return new ProducerRecord<>(
        CrashScene.INPUT,
        number % CrashScene.PARTITIONS,
        ("key-" + number).getBytes(StandardCharsets.UTF_8),
        (malformed ? "{\"a\":" : TinyHistory.json(row)).getBytes(StandardCharsets.UTF_8));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
