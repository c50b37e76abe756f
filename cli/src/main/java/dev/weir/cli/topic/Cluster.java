package dev.weir.cli.topic;

import dev.weir.schemas.secret.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where Kafka and the schema registry are.
 *
 * @param kafka settings of Kafka's clients, as under {@code kafka} in a scorer's config
 * @param registry settings of the registry's client, as under {@code schemaRegistry} there
 */
public record Cluster(Map<String, String> kafka, Map<String, String> registry) {
  /** As Kafka Streams has them; what is meant for other clients does not concern us. */
  private static final List<String> PREFIXES = List.of("consumer.", "main.consumer.");

  private static final int PATIENCE_MILLIS = 30_000;

  /** A consumer that belongs to no group, commits nothing, and reads what is committed. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> given = Secrets.resolveAll("kafka", kafka);
    Map<String, Object> settings = new HashMap<>(given);
    for (String prefix : PREFIXES) {
      given.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              settings.put(key.substring(prefix.length()), value);
            }
          });
    }
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A range that begins before the oldest record begins with that.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How errors call it. */
  String address() {
    return kafka.getOrDefault("bootstrap.servers", "(no bootstrap.servers)");
  }
}
