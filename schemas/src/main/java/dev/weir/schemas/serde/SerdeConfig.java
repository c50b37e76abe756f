package dev.weir.schemas.serde;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a serializer or deserializer is told, under Confluent's keys.
 *
 * @param isKey whether it is for keys
 * @param registration which schema records are written with, and how its id is found
 * @param specificReader {@code specific.avro.reader}: read into generated classes, or into generic
 *     records
 * @param idInHeaders {@code key.} or {@code value.schema.id.deserializer}: whether a record header
 *     may name the schema
 * @param subjects {@code key.} or {@code value.subject.name.strategy}
 */
record SerdeConfig(
    boolean isKey,
    Registration registration,
    boolean specificReader,
    boolean idInHeaders,
    SubjectNameStrategy subjects) {
  static final SerdeConfig VALUES =
      new SerdeConfig(false, Registration.REGISTER, false, true, SubjectNameStrategy.TOPIC);

  private static final String ID_PACKAGE = "io.confluent.kafka.serializers.schema.id.";

  /** Keys that change what is read or written, if true, and that are not supported. */
  private static final List<String> UNSUPPORTED_FLAGS =
      List.of("avro.use.logical.type.converters", "schema.reflection");

  /** Keys that change which schema is written with or read into, and that are not supported. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "use.schema.id",
          "use.latest.with.metadata",
          "context.name.strategy",
          "specific.avro.key.type",
          "specific.avro.value.type");

  private static final String AUTO_REGISTER = "auto.register.schemas";
  private static final String USE_LATEST = "use.latest.version";

  /** Which schema a serializer writes with. */
  enum Registration {
    /** The record's own, put into the registry ({@code auto.register.schemas=true}). */
    REGISTER,
    /** The record's own, which the registry must have. */
    LOOK_UP,
    /**
     * The subject's latest ({@code use.latest.version=true}), if that can read all that the
     * record's own schema writes.
     */
    LATEST,
    /**
     * The subject's latest, as long as each record fits it ({@code
     * latest.compatibility.strict=false}).
     */
    LATEST_IF_IT_FITS
  }

  static SerdeConfig from(Map<String, ?> config, boolean isKey) {
    for (String key : UNSUPPORTED_FLAGS) {
      if (flag(config, key, false)) {
        throw new ConfigException(key, true, "not supported by Weir's serdes; remove it");
      }
    }
    for (String key : UNSUPPORTED) {
      if (config.get(key) != null) {
        throw new ConfigException(
            key, config.get(key), "not supported by Weir's serdes; remove it");
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
        registrationOf(config),
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

  private static Registration registrationOf(Map<String, ?> config) {
    boolean strict = flag(config, "latest.compatibility.strict", true);
    boolean register = flag(config, AUTO_REGISTER, true);
    if (!flag(config, USE_LATEST, false)) {
      return register ? Registration.REGISTER : Registration.LOOK_UP;
    }
    if (register) {
      throw new ConfigException(
          USE_LATEST + "=true has no effect unless " + AUTO_REGISTER + "=false; set that, too");
    }
    return strict ? Registration.LATEST : Registration.LATEST_IF_IT_FITS;
  }

  private static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
    Object value = config.get(key);
    return value == null
        ? otherwise
        : (boolean) ConfigDef.parseType(key, value, ConfigDef.Type.BOOLEAN);
  }
}
