package dev.weir.scorer.topology;

import dev.weir.scorer.config.ScorerConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a record of each topic may be: what the producer sends, and what the topic takes.
 * Immutable.
 *
 * @param request the producer's {@code max.request.size}
 * @param topics the {@code max.message.bytes} of topics, as far as they are known
 * @param others that of topics that are not among them
 */
public record SizeLimits(int request, Map<String, Integer> topics, int others) {
  private static final Logger log = LoggerFactory.getLogger(SizeLimits.class);
  private static final int KAFKAS = 1024 * 1024;

  public SizeLimits {
    topics = Map.copyOf(topics);
  }

  /** By the producer's limit on requests alone. */
  public static SizeLimits of(ScorerConfig config) {
    Map<String, String> kafka = config.kafka();
    String key = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
    String set = kafka.getOrDefault(StreamsConfig.PRODUCER_PREFIX + key, kafka.get(key));
    int request = KAFKAS;
    try {
      request = set == null ? KAFKAS : Integer.parseInt(set.strip());
    } catch (NumberFormatException e) {
      // Kafka refuses it when it starts, and says so better.
      log.debug("{} is no number: {}", key, set, e);
    }
    return new SizeLimits(request, Map.of(), Integer.MAX_VALUE);
  }

  /** The topics that Kafka Streams keeps for an application, by the names that it gives them. */
  public static Set<String> internalTopics(ScorerConfig config) {
    Set<String> all = new TreeSet<>();
    config
        .pipelines()
        .forEach(
            pipeline -> {
              Names names = Names.of(config, pipeline);
              all.add(changelog(config, names.encoderStates()));
              all.add(changelog(config, names.keyWatches()));
              all.add(changelog(config, names.driftWindows()));
              all.add(repartition(config, names.keyed()));
              all.add(repartition(config, names.drift()));
            });
    return all;
  }

  static String changelog(ScorerConfig config, String store) {
    return config.applicationId() + "-" + store + "-changelog";
  }

  static String repartition(ScorerConfig config, String name) {
    return config.applicationId() + "-" + name + "-repartition";
  }

  /** The limit of a topic's records. */
  SizeLimit of(String topic) {
    return new SizeLimit(Math.min(request, topics.getOrDefault(topic, others)) - SizeLimit.AROUND);
  }
}
