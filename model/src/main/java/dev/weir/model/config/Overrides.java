package dev.weir.model.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lays {@code key=value} options over a config's tree. */
final class Overrides {
  private Overrides() {}

  /**
   * Sets one key.
   *
   * <p>Dots lead into nested records. Where a record has a map, what follows is one key of it, dots
   * and all: {@code kafka.bootstrap.servers=…} sets {@code bootstrap.servers} in {@code kafka}.
   *
   * <p>The value is plain text, so that a glob or a password needs no quotes of YAML's; but a list,
   * a group and quoted text are written as in the file, and nothing or {@code null} unsets a key.
   */
  static void apply(ObjectNode tree, String setting, Class<?> type) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException(
          "--set "
              + setting
              + ": write it as key=value, for example --set threshold.falseAlarmRate=1e-4");
    }
    String key = setting.substring(0, equals).strip();
    String value = setting.substring(equals + 1);
    if (List.of(key.split("\\.", -1)).contains("")) {
      throw new ConfigException(
          "--set " + key + ": a name is empty; write the key as outer.inner, with a dot between");
    }
    ObjectNode node = tree;
    Class<?> nodeType = type;
    String rest = key;
    while (true) {
      int dot = rest.indexOf('.');
      boolean inMap = nodeType != null && Map.class.isAssignableFrom(nodeType);
      if (dot < 0 || inMap) {
        node.set(rest, inMap ? TextNode.valueOf(value) : parse(key, value.strip()));
        return;
      }
      String name = rest.substring(0, dot);
      nodeType = nodeType == null ? null : componentType(nodeType, name).orElse(null);
      node = child(node, name, key);
      rest = rest.substring(dot + 1);
    }
  }

  private static ObjectNode child(ObjectNode parent, String name, String key) {
    JsonNode existing = parent.get(name);
    if (existing instanceof ObjectNode object) {
      return object;
    }
    if (existing != null && !existing.isNull()) {
      throw new ConfigException(
          "--set " + key + ": '" + name + "' is a value and has no keys in it");
    }
    return parent.putObject(name);
  }

  private static JsonNode parse(String key, String value) {
    if (value.isEmpty() || value.equals("null") || value.equals("~")) {
      return NullNode.getInstance();
    }
    if ("[{\"'".indexOf(value.charAt(0)) < 0) {
      return TextNode.valueOf(value);
    }
    try {
      return YamlTree.read(value);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "--set " + key + ": the value is not valid YAML at " + YamlTree.describe(e), e);
    }
  }

  private static Optional<Class<?>> componentType(Class<?> type, String name) {
    return variants(type)
        .filter(Class::isRecord)
        .flatMap(variant -> Stream.of(variant.getRecordComponents()))
        .filter(component -> component.getName().equals(name))
        .<Class<?>>map(RecordComponent::getType)
        .findFirst();
  }

  /** The type itself, and the alternatives that it may stand for. */
  private static Stream<Class<?>> variants(Class<?> type) {
    JsonSubTypes alternatives = type.getAnnotation(JsonSubTypes.class);
    return alternatives == null
        ? Stream.of(type)
        : List.of(alternatives.value()).stream().map(JsonSubTypes.Type::value);
  }
}
