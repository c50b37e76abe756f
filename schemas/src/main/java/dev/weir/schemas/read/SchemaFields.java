package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import java.util.List;

/** Tells which fields a record may have, by its schema. Not thread-safe. */
@FunctionalInterface
public interface SchemaFields {
  /**
   * The fields of a record's schema, in its order; those of nested records with dots.
   *
   * @param schemaId the value of the header that names the schema, null if there is none
   * @throws RejectedRecordException if no schema is named, or it is of no use
   */
  List<SchemaField> of(byte[] value, byte[] schemaId) throws RejectedRecordException;
}
