package dev.weir.schemas.serde;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a serializer or deserializer is told, under Confluent's keys.
 *
 * @param isKey whether it is for keys
 * @param autoRegister {@code auto.register.schemas}: put schemas into the registry, or only find
 *     them there
 * @param specificReader {@code specific.avro.reader}: read into generated classes, or into generic
 *     records
 * @param idInHeaders {@code key.} or {@code value.schema.id.deserializer}: whether a record header
 *     may name the schema
 * @param subjects {@code key.} or {@code value.subject.name.strategy}
 */
record SerdeConfig(
    boolean isKey,
    boolean autoRegister,
    boolean specificReader,
    boolean idInHeaders,
    SubjectNameStrategy subjects) {
  static final SerdeConfig VALUES =
      new SerdeConfig(false, true, false, true, SubjectNameStrategy.TOPIC);

  private static final String ID_PACKAGE = "io.confluent.kafka.serializers.schema.id.";

  /** Keys that change what is written or read, if true, and that are not supported yet. */
  private static final List<String> UNSUPPORTED =
      List.of("use.latest.version", "normalize.schemas", "avro.use.logical.type.converters");

  static SerdeConfig from(Map<String, ?> config, boolean isKey) {
    for (String key : UNSUPPORTED) {
      if (flag(config, key, false)) {
        throw new ConfigException(key, true, "not supported by Weir's serdes; remove it");
      }
    }
    String prefix = isKey ? "key" : "value";
    choice(config, prefix + ".schema.id.serializer", List.of("PrefixSchemaIdSerializer"));
    String reads =
        choice(
            config,
            prefix + ".schema.id.deserializer",
            List.of("DualSchemaIdDeserializer", "PrefixSchemaIdDeserializer"));
    String strategyKey = prefix + ".subject.name.strategy";
    Object strategy = config.get(strategyKey);
    return new SerdeConfig(
        isKey,
        flag(config, "auto.register.schemas", true),
        flag(config, "specific.avro.reader", false),
        reads.equals("DualSchemaIdDeserializer"),
        strategy == null
            ? SubjectNameStrategy.TOPIC
            : SubjectNameStrategy.parse(strategyKey, strategy));
  }

  /**
   * The simple name of the class that a key names, the first of those that are known if it is not
   * set.
   */
  private static String choice(Map<String, ?> config, String key, List<String> known) {
    Object value = config.get(key);
    if (value == null) {
      return known.get(0);
    }
    String given = value instanceof Class<?> c ? c.getName() : value.toString().trim();
    String name = given.startsWith(ID_PACKAGE) ? given.substring(ID_PACKAGE.length()) : given;
    if (!known.contains(name)) {
      throw new ConfigException(
          key, given, "expected " + String.join(" or ", known) + ", with or without " + ID_PACKAGE);
    }
    return name;
  }

  private static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
    Object value = config.get(key);
    return value == null
        ? otherwise
        : (boolean) ConfigDef.parseType(key, value, ConfigDef.Type.BOOLEAN);
  }
}
