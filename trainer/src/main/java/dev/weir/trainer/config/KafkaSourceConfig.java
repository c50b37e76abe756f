package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import dev.weir.model.record.FieldPath;
import dev.weir.schemas.read.RecordFormat;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * History in a topic, ordered by the records' timestamps.
 *
 * @param topic its name
 * @param format what its records are written in; JSON if not given
 * @param schemaRegistry settings of the registry's client, if the format needs one; {@code
 *     schema.registry.url} at least
 * @param keyField path of the field whose value is a record's key; the record's own key if not
 *     given
 * @param kafka settings of Kafka's consumer; {@code bootstrap.servers} at least
 * @param from where to start: {@code earliest}, or a time such as 2026-10-01T00:00:00Z
 * @param to where to stop: {@code latest} (as of the start), or a time
 * @param exclude periods that are known to be bad, and left out
 * @param sample how many rows are drawn at random, for history larger than memory; all if not given
 * @param sampleSeed the same seed draws the same rows; {@value SourceConfig#DEFAULT_SAMPLE_SEED} if
 *     not given
 */
public record KafkaSourceConfig(
    String topic,
    RecordFormat format,
    Map<String, String> schemaRegistry,
    String keyField,
    Map<String, String> kafka,
    String from,
    String to,
    List<Exclusion> exclude,
    Integer sample,
    Long sampleSeed)
    implements SourceConfig {
  private static final String EARLIEST = "earliest";
  private static final String LATEST = "latest";

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
    if (keyField != null) {
      path(keyField);
    }
    kafka =
        Map.copyOf(Check.present("kafka", kafka, "Kafka's settings, bootstrap.servers at least"));
    Check.present(
        "kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "for example localhost:9092");
    from = Check.orElse(from, EARLIEST);
    to = Check.orElse(to, LATEST);
    time("from", from, EARLIEST);
    time("to", to, LATEST);
    exclude = List.copyOf(Check.orElse(exclude, List.of()));
    sample = sample == null ? null : Check.atLeast("sample", sample, 1);
    sampleSeed = Check.orElse(sampleSeed, DEFAULT_SAMPLE_SEED);
  }

  /** All records. */
  public KafkaSourceConfig(
      String topic,
      RecordFormat format,
      Map<String, String> schemaRegistry,
      String keyField,
      Map<String, String> kafka,
      String from,
      String to) {
    this(topic, format, schemaRegistry, keyField, kafka, from, to, null, null, null);
  }

  /** Records whose key is their own. */
  public KafkaSourceConfig(
      String topic,
      RecordFormat format,
      Map<String, String> schemaRegistry,
      Map<String, String> kafka,
      String from,
      String to) {
    this(topic, format, schemaRegistry, null, kafka, from, to);
  }

  /** Where a record's key is among its fields; empty if it is the record's own. */
  public Optional<FieldPath> keyPath() {
    return Optional.ofNullable(keyField).map(KafkaSourceConfig::path);
  }

  private static FieldPath path(String field) {
    try {
      return FieldPath.parse(field);
    } catch (IllegalArgumentException e) {
      throw Check.refuse("keyField", "is no path of a field: " + e.getMessage());
    }
  }

  /** From which time on; empty for the earliest record. */
  public Optional<Instant> start() {
    return time("from", from, EARLIEST);
  }

  /** Before which time; empty for the latest record. */
  public Optional<Instant> end() {
    return time("to", to, LATEST);
  }

  private static Optional<Instant> time(String key, String text, String keyword) {
    if (text.equals(keyword)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      // Without its cause: the reader of configs looks for the innermost one.
      throw Check.refuse(
          key,
          "is '" + text + "', but must be " + keyword + " or a time such as 2026-10-01T00:00:00Z");
    }
  }
}
