package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.Map;

/**
 * History in a topic of JSON records, ordered by the records' timestamps.
 *
 * @param topic its name
 * @param kafka settings of Kafka's consumer; {@code bootstrap.servers} at least
 * @param from where to start: {@code earliest}, or a time such as 2026-10-01T00:00:00Z
 * @param to where to stop: {@code latest} (as of the start), or a time
 */
public record KafkaSourceConfig(String topic, Map<String, String> kafka, String from, String to)
    implements SourceConfig {

  public KafkaSourceConfig {
    Check.present("topic", topic, "the topic that holds the history");
    kafka =
        Map.copyOf(Check.present("kafka", kafka, "Kafka's settings, bootstrap.servers at least"));
    Check.present(
        "kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "for example localhost:9092");
    from = Check.orElse(from, "earliest");
    to = Check.orElse(to, "latest");
  }
}
