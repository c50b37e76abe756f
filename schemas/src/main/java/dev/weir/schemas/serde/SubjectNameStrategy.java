package dev.weir.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** Under which subject of the registry a schema is kept; the names are Confluent's. */
enum SubjectNameStrategy {
  /** One schema a topic: {@code orders-value}. */
  TOPIC("TopicNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + (isKey ? "-key" : "-value");
    }
  },
  /** One schema a record type, whatever its topic. */
  RECORD("RecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return schema.getFullName();
    }
  },
  /** Several record types in a topic, each with its own versions. */
  TOPIC_RECORD("TopicRecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  private static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

  private final String className;

  SubjectNameStrategy(String className) {
    this.className = className;
  }

  abstract String subject(String topic, boolean isKey, Schema schema);

  /** Reads Confluent's class name, with or without its package, or the class itself. */
  static SubjectNameStrategy parse(String key, Object value) {
    String name = value instanceof Class<?> c ? c.getName() : value.toString().trim();
    for (SubjectNameStrategy strategy : values()) {
      if (name.equals(strategy.className) || name.equals(CONFLUENT_PACKAGE + strategy.className)) {
        return strategy;
      }
    }
    throw new ConfigException(
        key,
        name,
        "expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy, with or without "
            + CONFLUENT_PACKAGE);
  }
}
