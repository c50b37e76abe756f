package dev.weir.trainer.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.record.RejectedRecordException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which fields a topic's JSON records have, by looking at some of them.
 *
 * <p>Nested fields are named with dots; arrays are left out. A field is numeric if it is a number
 * in most records in which it is not null: one bad record is rejected later on, and does not change
 * what the model looks at.
 */
final class JsonFields implements FieldFinder {
  /** Where the JSON begins in a record. */
  @FunctionalInterface
  interface BodyStart {
    int of(byte[] value, byte[] schemaId) throws RejectedRecordException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BodyStart bodyStart;

  private final Map<String, Seen> seen = new LinkedHashMap<>();

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
        seen.computeIfAbsent(name, unused -> new Seen()).add(value);
      }
    }
  }

  /** What a field held in the records so far. */
  private static final class Seen {
    private int numbers;
    private int others;

    void add(JsonNode value) {
      if (value.isNumber()) {
        numbers++;
      } else if (!value.isNull()) {
        others++;
      }
    }

    Column.Kind kind() {
      if (numbers + others == 0) {
        return Column.Kind.EMPTY;
      }
      return numbers > others ? Column.Kind.NUMERIC : Column.Kind.OTHER;
    }
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
