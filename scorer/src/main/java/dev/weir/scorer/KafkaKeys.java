package dev.weir.scorer;

import dev.weir.model.config.NearestName;
import dev.weir.model.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the keys under {@code kafka}, which Kafka itself would ignore in silence if it does
 * not know them.
 *
 * <p>A key that looks like a misspelt one is refused. Any other unknown key may be for an
 * interceptor or a config provider, and only gets a line in the log.
 */
final class KafkaKeys {
  private static final Logger log = LoggerFactory.getLogger(KafkaKeys.class);

  /** The longer ones first. */
  private static final List<String> PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX,
          StreamsConfig.TOPIC_PREFIX);

  private static final Map<String, String> SET_ELSEWHERE =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG, "set applicationId",
          StreamsConfig.NUM_STREAM_THREADS_CONFIG, "set threads");

  /** Weir has its own, since Kafka Streams' can drop a record in silence. */
  private static final List<String> HANDLERS =
      List.of(
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG);

  private static final Set<String> KNOWN = known();

  private KafkaKeys() {}

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(StreamsConfig.configDef().names());
    known.addAll(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    return known;
  }

  /**
   * Looks through the keys.
   *
   * @throws InvalidInputException if one is misspelt, or does not belong there
   */
  static void check(Set<String> keys) {
    for (String key : new TreeSet<>(keys)) {
      if (SET_ELSEWHERE.containsKey(key)) {
        throw refused(key, "has a key of its own: " + SET_ELSEWHERE.get(key) + " instead");
      }
      if (HANDLERS.contains(key)) {
        throw refused(
            key,
            "cannot be set: the policies under 'errors' say what goes to the dead-letter topic, and"
                + " what is tried again; take the key out");
      }
      if (!key.startsWith(StreamsConfig.TOPIC_PREFIX) && !KNOWN.contains(bare(key))) {
        refuseOrLog(key);
      }
    }
  }

  private static void refuseOrLog(String key) {
    NearestName.of(bare(key), KNOWN)
        .ifPresentOrElse(
            near -> {
              throw refused(key, "is unknown to Kafka; did you mean '" + near + "'?");
            },
            () -> log.warn("Kafka itself knows no setting 'kafka.{}'; it is passed on", key));
  }

  private static String bare(String key) {
    return PREFIXES.stream()
        .filter(key::startsWith)
        .findFirst()
        .map(prefix -> key.substring(prefix.length()))
        .orElse(key);
  }

  private static InvalidInputException refused(String key, String problem) {
    return new InvalidInputException("key 'kafka." + key + "' " + problem);
  }
}
