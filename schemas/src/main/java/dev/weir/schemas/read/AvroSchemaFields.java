package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Lists the fields of Avro schemas.
 *
 * <p>A map or an array is one field, since its schema does not say what is in it. Of a record
 * within itself nothing is listed.
 */
final class AvroSchemaFields implements SchemaFields {
  private final CompiledSchemas<List<SchemaField>> fields;

  AvroSchemaFields(SchemaRegistry registry) {
    fields = new CompiledSchemas<>(registry, schema -> list(schema.avro()));
  }

  @Override
  public List<SchemaField> of(byte[] value, byte[] schemaId) throws RejectedRecordException {
    return fields.of(value, schemaId);
  }

  private static List<SchemaField> list(Schema schema) throws RejectedRecordException {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new RejectedRecordException(
          RejectReason.UNUSABLE_SCHEMA,
          "the value's schema is of type " + schema.getType().getName() + ", not a record");
    }
    Map<String, SchemaField.Type> found = new LinkedHashMap<>();
    record("", schema, new HashSet<>(), found);
    return found.entrySet().stream().map(e -> new SchemaField(e.getKey(), e.getValue())).toList();
  }

  private static void record(
      String prefix, Schema record, Set<String> within, Map<String, SchemaField.Type> found) {
    if (!within.add(record.getFullName())) {
      return;
    }
    for (Schema.Field field : record.getFields()) {
      value(prefix + field.name(), field.schema(), within, found);
    }
    within.remove(record.getFullName());
  }

  private static void value(
      String name, Schema schema, Set<String> within, Map<String, SchemaField.Type> found) {
    switch (schema.getType()) {
      case RECORD -> record(name + ".", schema, within, found);
      case UNION -> {
        for (Schema branch : schema.getTypes()) {
          if (branch.getType() != Schema.Type.NULL) {
            value(name, branch, within, found);
          }
        }
      }
      default -> found.merge(name, type(schema), (a, b) -> a == b ? a : SchemaField.Type.OTHER);
    }
  }

  private static SchemaField.Type type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case FLOAT, DOUBLE -> SchemaField.Type.NUMBER;
      case INT, LONG -> whole(logical);
      case BOOLEAN -> SchemaField.Type.BOOLEAN;
      case STRING, ENUM -> SchemaField.Type.TEXT;
      case BYTES, FIXED -> bytes(logical);
      default -> SchemaField.Type.OTHER;
    };
  }

  private static SchemaField.Type whole(LogicalType logical) {
    if (logical == null) {
      return SchemaField.Type.NUMBER;
    }
    boolean moment =
        logical instanceof LogicalTypes.TimestampMillis
            || logical instanceof LogicalTypes.TimestampMicros
            || logical instanceof LogicalTypes.TimestampNanos
            || logical instanceof LogicalTypes.LocalTimestampMillis
            || logical instanceof LogicalTypes.LocalTimestampMicros
            || logical instanceof LogicalTypes.LocalTimestampNanos;
    return moment ? SchemaField.Type.MOMENT : SchemaField.Type.TIME;
  }

  private static SchemaField.Type bytes(LogicalType logical) {
    if (logical instanceof LogicalTypes.Decimal || logical instanceof LogicalTypes.BigDecimal) {
      return SchemaField.Type.NUMBER;
    }
    return logical instanceof LogicalTypes.Uuid ? SchemaField.Type.TEXT : SchemaField.Type.OTHER;
  }
}
