package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import dev.weir.schemas.read.RecordFormat;
import java.util.Map;

/**
 * History in a topic, ordered by the records' timestamps.
 *
 * @param topic its name
 * @param format what its records are written in; JSON if not given
 * @param schemaRegistry settings of the registry's client, if the format needs one; {@code
 *     schema.registry.url} at least
 * @param kafka settings of Kafka's consumer; {@code bootstrap.servers} at least
 * @param from where to start: {@code earliest}, or a time such as 2026-10-01T00:00:00Z
 * @param to where to stop: {@code latest} (as of the start), or a time
 */
public record KafkaSourceConfig(
    String topic,
    RecordFormat format,
    Map<String, String> schemaRegistry,
    Map<String, String> kafka,
    String from,
    String to)
    implements SourceConfig {

  public KafkaSourceConfig {
    Check.present("topic", topic, "the topic that holds the history");
    format = Check.orElse(format, RecordFormat.JSON);
    schemaRegistry = Map.copyOf(Check.orElse(schemaRegistry, Map.of()));
    if (format.needsRegistry()) {
      Check.present(
          "schemaRegistry.schema.registry.url",
          schemaRegistry.get("schema.registry.url"),
          "format " + format + " needs it, for example http://localhost:8081");
    }
    kafka =
        Map.copyOf(Check.present("kafka", kafka, "Kafka's settings, bootstrap.servers at least"));
    Check.present(
        "kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "for example localhost:9092");
    from = Check.orElse(from, "earliest");
    to = Check.orElse(to, "latest");
  }
}
