package dev.weir.schemas.registry;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of the registry client, each of which may carry the prefix {@code schema.registry.},
 * which then wins.
 */
record RegistryKeys(Map<String, ?> config) {
  private static final String PREFIX = "schema.registry.";

  /** The value as it was given, null if it was not. */
  Object value(String key) {
    Object prefixed = config.get(PREFIX + key);
    return prefixed == null ? config.get(key) : prefixed;
  }

  /** The value without white space around it, if there is any left; secrets in the clear. */
  Optional<String> text(String key) {
    Object value = value(key);
    String text = value instanceof Password p ? p.value() : value == null ? "" : value.toString();
    return Optional.of(text.trim()).filter(t -> !t.isEmpty());
  }

  int number(String key, int otherwise, int least) {
    Object value = value(key);
    int number =
        value == null ? otherwise : (int) ConfigDef.parseType(key, value, ConfigDef.Type.INT);
    if (number < least) {
      throw new ConfigException(key, number, "expected a whole number of at least " + least);
    }
    return number;
  }

  boolean flag(String key) {
    Object value = value(key);
    return value != null && (boolean) ConfigDef.parseType(key, value, ConfigDef.Type.BOOLEAN);
  }
}
