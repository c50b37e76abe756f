package dev.weir.cli.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Avro records as the JSON that Node.js prints of them: moments are numbers, enums are text. */
final class AvroJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AvroJson() {}

  static JsonNode of(IndexedRecord record) {
    // By way of text, so that whole numbers are of one kind however they were held.
    try {
      return JSON.readTree(JSON.writeValueAsString(plain(record)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof IndexedRecord record) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (Schema.Field field : record.getSchema().getFields()) {
        fields.put(field.name(), plain(record.get(field.pos())));
      }
      return fields;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AvroJson::plain).toList();
    }
    if (value instanceof Instant moment) {
      return moment.toEpochMilli();
    }
    if (value instanceof Enum<?> symbol) {
      return symbol.name();
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      // JavaScript writes whole numbers without a point.
      return number.longValue();
    }
    return value;
  }
}
