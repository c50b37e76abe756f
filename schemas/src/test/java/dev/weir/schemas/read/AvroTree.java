package dev.weir.schemas.read;

import dev.weir.model.record.FieldKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/** Looks into what Avro's own reader has read. */
final class AvroTree {
  private static final Object ABSENT = new Object();
  private static final Pattern PLACE = Pattern.compile("[0-9]");

  private AvroTree() {}

  static Object at(Object tree, List<String> names) {
    Object node = tree;
    for (String name : names) {
      node = child(node, name);
    }
    return node;
  }

  private static Object child(Object node, String name) {
    if (node instanceof GenericRecord record) {
      return record.hasField(name) ? record.get(name) : ABSENT;
    }
    if (node instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getKey().toString().equals(name)) {
          return entry.getValue();
        }
      }
      return ABSENT;
    }
    if (node instanceof List<?> list && PLACE.matcher(name).matches()) {
      int place = Integer.parseInt(name);
      return place < list.size() ? list.get(place) : ABSENT;
    }
    return ABSENT;
  }

  static FieldKind kind(Object node) {
    if (node == ABSENT) {
      return FieldKind.ABSENT;
    }
    if (node == null) {
      return FieldKind.NULL;
    }
    if (node instanceof Number) {
      return FieldKind.NUMBER;
    }
    if (node instanceof Boolean) {
      return FieldKind.BOOLEAN;
    }
    return text(node) == null ? FieldKind.NESTED : FieldKind.TEXT;
  }

  static String text(Object node) {
    if (node instanceof CharSequence || node instanceof GenericEnumSymbol) {
      return node.toString();
    }
    if (node instanceof GenericFixed fixed) {
      return new String(fixed.bytes(), StandardCharsets.ISO_8859_1);
    }
    if (node instanceof ByteBuffer buffer) {
      return StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    }
    return null;
  }
}
