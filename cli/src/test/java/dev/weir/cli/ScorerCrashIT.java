package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the scorer with SIGKILL in the middle of a stream, again and again, and counts: every
 * record must come out exactly once.
 */
class ScorerCrashIT {
  private static final int KILLS = 6;
  private static final int PARTITIONS = 3;
  private static final int RECORDS_PER_SECOND = 2000;
  private static final int MALFORMED_EVERY = 50;
  private static final int OUTLIER_EVERY = 70;

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void shouldScoreEveryRecordExactlyOnceThoughItIsKilled() throws Exception {
    Bundle bundle = TinyBundle.train(folder);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        LocalRegistryServer registryServer = LocalRegistryServer.start();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", registryServer.url()))) {
      // Given a stream of records that goes on all the time
      broker.createTopic("records", PARTITIONS);
      Path config = config(broker, registryServer, bundle);
      File log = folder.resolve("scorer.log").toFile();
      SteadyStream stream = new SteadyStream(broker.bootstrapServers());
      SplittableRandom random = new SplittableRandom(7);
      List<Long> scoredAtKill = new ArrayList<>();

      // When the scorer is killed in the middle of it, again and again
      try (Output<ScoredRecord> scored =
          new Output<>(
              broker,
              "records-scored",
              PARTITIONS,
              new AvroDeserializer<>(registry, ScoredRecord.class))) {
        for (int kill = 0; kill < KILLS; kill++) {
          long before = scored.count();
          try (ScorerProcess scorer = ScorerProcess.start(config, log)) {
            scored.awaitCount(before + 1, scorer);
            LockSupport.parkNanos(Duration.ofMillis(150 + random.nextInt(700)).toNanos());
            assertThat(stream.isRunning()).as("the stream must outlast the kills").isTrue();
            scorer.kill();
          }
          scored.poll();
          scoredAtKill.add((long) scored.count());
        }
        stream.stop();
        assertThat(scored.count()).as("the last kill was in mid-stream").isLessThan(stream.good());

        // And then left alone until it has done everything
        try (ScorerProcess scorer = ScorerProcess.start(config, log);
            Output<byte[]> deadLetters =
                new Output<>(
                    broker, "records-dead-letter", PARTITIONS, new ByteArrayDeserializer());
            Output<Alert> alerts =
                new Output<>(
                    broker,
                    "records-alerts",
                    PARTITIONS,
                    new AvroDeserializer<>(registry, Alert.class))) {
          scored.awaitCount(stream.good(), scorer);
          deadLetters.awaitCount(stream.malformed(), scorer);
          assertThat(scorer.terminate()).as("exit code after SIGTERM").isIn(0, 143);
          scored.poll();
          deadLetters.poll();
          alerts.poll();

          // Then each record was scored or rejected exactly once, and each alert raised once
          assertThat(scoredAtKill).as("progress between the kills").doesNotHaveDuplicates();
          Map<String, Integer> timesScored = new TreeMap<>();
          Set<String> anomalous = new HashSet<>();
          for (ConsumerRecord<byte[], ScoredRecord> each : scored.records) {
            ScoredRecord value = each.value();
            String place = value.getSourcePartition() + ":" + value.getSourceOffset();
            timesScored.merge(place, 1, Integer::sum);
            if (value.getAnomalous()) {
              anomalous.add(place);
            }
          }
          Map<String, Integer> timesRejected = new TreeMap<>();
          for (ConsumerRecord<byte[], byte[]> each : deadLetters.records) {
            timesRejected.merge(
                header(each, "weir.source.partition") + ":" + header(each, "weir.source.offset"),
                1,
                Integer::sum);
          }
          assertThat(timesScored.values()).as("times that a record was scored").containsOnly(1);
          assertThat(timesRejected.values()).as("times that one was rejected").containsOnly(1);
          assertThat(timesScored).hasSize(stream.good());
          assertThat(timesRejected).hasSize(stream.malformed());
          assertThat(timesScored.keySet()).doesNotContainAnyElementsOf(timesRejected.keySet());
          assertThat(
                  alerts.records.stream()
                      .map(a -> a.value().getSourcePartition() + ":" + a.value().getSourceOffset()))
              .containsExactlyInAnyOrderElementsOf(anomalous);
          assertThat(anomalous).hasSizeGreaterThan(stream.good() / OUTLIER_EVERY / 2);
        }
      } finally {
        stream.stop();
      }
    }
  }

  private Path config(EmbeddedBroker broker, LocalRegistryServer registry, Bundle bundle)
      throws Exception {
    return Files.writeString(
        folder.resolve("score.yaml"),
        """
        applicationId: crash
        kafka:
          bootstrap.servers: %s
          state.dir: %s
          session.timeout.ms: 2000
          heartbeat.interval.ms: 300
          producer.transaction.timeout.ms: 3000
        input:
          topic: records
        model:
          path: %s
        output:
          scored: records-scored
          createTopics: true
        schemaRegistry:
          schema.registry.url: %s
        batch:
          maxRows: 256
          maxWait: 20ms
        threads: 2
        http:
          port: 0
        """
            .formatted(
                broker.bootstrapServers(),
                folder.resolve("state"),
                bundle.folder(),
                registry.url()));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Writes records until it is stopped: most good, some not JSON, some far from normal. */
  private static final class SteadyStream {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile int good;
    private volatile int malformed;

    SteadyStream(String bootstrapServers) {
      thread = new Thread(() -> run(bootstrapServers), "steady-stream");
      thread.start();
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "NonAtomicVolatileUpdate"})
    private void run(String bootstrapServers) {
      SplittableRandom random = new SplittableRandom(3);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  ProducerConfig.LINGER_MS_CONFIG,
                  5),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int i = 1; !stopped.get(); i++) {
          boolean bad = i % MALFORMED_EVERY == 0;
          double[] row = TinyHistory.row(random);
          if (i % OUTLIER_EVERY == 0) {
            row[1] += 20;
          }
          String value = bad ? "{\"a\":" : TinyHistory.json(row);
          producer.send(
              new ProducerRecord<>(
                  "records",
                  i % PARTITIONS,
                  ("key-" + i).getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)));
          good += bad ? 0 : 1;
          malformed += bad ? 1 : 0;
          if (i % 20 == 0) {
            LockSupport.parkNanos(Duration.ofMillis(20_000 / RECORDS_PER_SECOND).toNanos());
          }
        }
      }
    }

    boolean isRunning() {
      return thread.isAlive();
    }

    void stop() throws InterruptedException {
      stopped.set(true);
      thread.join();
    }

    int good() {
      return good;
    }

    int malformed() {
      return malformed;
    }
  }

  /** What a read_committed consumer sees of a topic that may not be there yet. */
  private static final class Output<V> implements AutoCloseable {
    private final KafkaConsumer<byte[], V> consumer;
    private final List<ConsumerRecord<byte[], V>> records = new ArrayList<>();

    Output(EmbeddedBroker broker, String topic, int partitions, Deserializer<V> values) {
      Map<String, Object> settings = new HashMap<>();
      settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
      settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 500);
      consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), values);
      List<TopicPartition> all = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
      consumer.assign(all);
    }

    int count() {
      return records.size();
    }

    /** Takes what is committed by now. */
    void poll() {
      int before;
      do {
        before = records.size();
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      } while (records.size() > before);
    }

    void awaitCount(long wanted, ScorerProcess scorer) {
      long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (records.size() < wanted) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        assertThat(scorer.isAlive()).as("the scorer runs").isTrue();
        assertThat(System.nanoTime()).as("records came: " + records.size()).isLessThan(end);
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
