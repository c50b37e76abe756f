package dev.weir.trainer.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.RejectedRecordException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which fields a topic's JSON records have, by looking at some of them.
 *
 * <p>Nested fields are named with dots. A field is of the kind that it has in most records in which
 * it is not null; text that is a moment in ISO 8601 is one. No feature can be made of an array.
 */
final class JsonFields implements FieldFinder {
  /** Where the JSON begins in a record. */
  @FunctionalInterface
  interface BodyStart {
    int of(byte[] value, byte[] schemaId) throws RejectedRecordException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BodyStart bodyStart;

  private final Map<String, KindCounts> seen = new LinkedHashMap<>();

  JsonFields() {
    this((value, schemaId) -> 0);
  }

  JsonFields(BodyStart bodyStart) {
    this.bodyStart = bodyStart;
  }

  @Override
  public void observe(byte[] value, byte[] schemaId) throws RejectedRecordException {
    if (value == null) {
      return;
    }
    int from = bodyStart.of(value, schemaId);
    try {
      JsonNode tree = JSON.readTree(value, from, value.length - from);
      if (tree != null && tree.isObject()) {
        observe("", tree);
      }
    } catch (IOException e) {
      // Not JSON: whoever reads the record for its values says so and counts it.
      return;
    }
  }

  private void observe(String prefix, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().contains(".") || field.getKey().isBlank()) {
        continue; // no path leads to it, nor to what is in it
      }
      String name = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        observe(name + ".", value);
      } else {
        seen.computeIfAbsent(name, unused -> new KindCounts()).add(kind(value), value.textValue());
      }
    }
  }

  private static FieldKind kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> FieldKind.NUMBER;
      case STRING -> FieldKind.TEXT;
      case BOOLEAN -> FieldKind.BOOLEAN;
      case NULL -> FieldKind.NULL;
      default -> FieldKind.NESTED;
    };
  }

  @Override
  public List<Column> columns() {
    return seen.entrySet().stream()
        .map(e -> new Column(e.getKey(), e.getValue().kind()))
        .filter(column -> column.kind() != Column.Kind.EMPTY || !isObject(column.name()))
        .toList();
  }

  /** Whether a field that is null here holds other fields elsewhere. */
  private boolean isObject(String name) {
    return seen.keySet().stream().anyMatch(other -> other.startsWith(name + "."));
  }
}
