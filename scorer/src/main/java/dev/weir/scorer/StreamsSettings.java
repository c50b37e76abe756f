package dev.weir.scorer;

import dev.weir.schemas.secret.Secrets;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.topology.RecordPacker;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that Kafka Streams is started with: ours as defaults, the user's over them. */
public final class StreamsSettings {
  private static final long LONGEST_POLL_MS = 100;

  private StreamsSettings() {}

  /** The settings of a whole application. */
  public static Map<String, Object> of(ScorerConfig config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // A thread that waits for records neither looks after batches that have waited long enough nor
    // commits; beyond Kafka's own 100 ms it would let transactions run out of time.
    settings.put(StreamsConfig.POLL_MS_CONFIG, Math.min(LONGEST_POLL_MS, shortestWait(config)));
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    // Without the prefixes "consumer." and "producer.", so that the user's win with or without.
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    // A thread or process that fails does not leave the group: nobody scores its partitions until
    // its session has run out. Kafka's own 45 s are long for that.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    KafkaKeys.check(config.kafka().keySet());
    settings.putAll(Secrets.resolveAll("kafka", config.kafka()));
    settings.putAll(RecordPacker.settings(config, settings));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    return settings;
  }

  private static long shortestWait(ScorerConfig config) {
    return config.pipelines().stream()
        .mapToLong(pipeline -> pipeline.batch().maxWait().toMillis())
        .min()
        .orElse(LONGEST_POLL_MS);
  }
}
