package dev.weir.trainer.source;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.SchemaField;
import dev.weir.schemas.read.SchemaFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists the fields that the schemas of a topic's records have.
 *
 * <p>A field that is a number in one version of the schema and something else in another is taken
 * for a number: the records in which it is not are rejected one by one.
 */
final class SchemaColumns implements FieldFinder {
  private final SchemaFields fields;
  private final Map<String, Column.Kind> kinds = new LinkedHashMap<>();
  private List<SchemaField> last = List.of();

  SchemaColumns(SchemaFields fields) {
    this.fields = fields;
  }

  @Override
  public void observe(byte[] value, byte[] schemaId) throws RejectedRecordException {
    List<SchemaField> found = fields.of(value, schemaId);
    if (found != last) {
      found.forEach(field -> kinds.merge(field.name(), kind(field), SchemaColumns::either));
      last = found;
    }
  }

  private static Column.Kind kind(SchemaField field) {
    return switch (field.type()) {
      case NUMBER -> Column.Kind.NUMERIC;
      case BOOLEAN -> Column.Kind.BOOLEAN;
      case TEXT -> Column.Kind.TEXT;
      case MOMENT -> Column.Kind.TIMESTAMP;
      case TIME -> Column.Kind.TIME;
      case OTHER -> Column.Kind.OTHER;
    };
  }

  private static Column.Kind either(Column.Kind before, Column.Kind now) {
    return before == Column.Kind.NUMERIC ? before : now;
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    kinds.forEach((name, kind) -> columns.add(new Column(name, kind)));
    return columns;
  }
}
