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
 * @param subjects {@code key.} or {@code value.subject.name.strategy}
 */
record SerdeConfig(
    boolean isKey, boolean autoRegister, boolean specificReader, SubjectNameStrategy subjects) {
  static final SerdeConfig VALUES = new SerdeConfig(false, true, false, SubjectNameStrategy.TOPIC);

  /** Keys that change what is written or read, if true, and that are not supported yet. */
  private static final List<String> UNSUPPORTED =
      List.of("use.latest.version", "normalize.schemas", "avro.use.logical.type.converters");

  static SerdeConfig from(Map<String, ?> config, boolean isKey) {
    for (String key : UNSUPPORTED) {
      if (flag(config, key, false)) {
        throw new ConfigException(key, true, "not supported by Weir's serdes; remove it");
      }
    }
    String strategyKey = (isKey ? "key" : "value") + ".subject.name.strategy";
    Object strategy = config.get(strategyKey);
    return new SerdeConfig(
        isKey,
        flag(config, "auto.register.schemas", true),
        flag(config, "specific.avro.reader", false),
        strategy == null
            ? SubjectNameStrategy.TOPIC
            : SubjectNameStrategy.parse(strategyKey, strategy));
  }

  private static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
    Object value = config.get(key);
    return value == null
        ? otherwise
        : (boolean) ConfigDef.parseType(key, value, ConfigDef.Type.BOOLEAN);
  }
}
