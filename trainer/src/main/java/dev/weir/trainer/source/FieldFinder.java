package dev.weir.trainer.source;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.FramedJson;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;

/** Finds out which fields a topic's records have, by looking at some of them. */
interface FieldFinder {

  /**
   * Looks at a record; one that cannot be read tells nothing.
   *
   * @param schemaId the value of the header that names its schema, null if there is none
   * @throws RejectedRecordException if it cannot be read; the others may still be
   */
  void observe(byte[] value, byte[] schemaId) throws RejectedRecordException;

  /** The fields in the order in which they were first seen. */
  List<Column> columns();

  /**
   * A finder for records of a format.
   *
   * @param registry null if the format needs none
   */
  static FieldFinder of(RecordFormat format, SchemaRegistry registry) {
    if (format == RecordFormat.JSON_SCHEMA) {
      return new JsonFields(new FramedJson(registry)::bodyStart);
    }
    return format.fields(registry).<FieldFinder>map(SchemaColumns::new).orElseGet(JsonFields::new);
  }
}
