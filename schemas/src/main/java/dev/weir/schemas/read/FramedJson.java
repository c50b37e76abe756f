package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaType;

/**
 * Finds the JSON in records as Confluent's JSON Schema serializer writes them: behind a frame, or
 * bare with the schema named in a header.
 *
 * <p>JSON says itself what it holds, so nothing is validated. But the schema that a record names
 * must be there and of the type JSON, as for Confluent's deserializer: bytes that happen to begin
 * like a frame, or come from another registry, are not taken for good. It is asked for once. Not
 * thread-safe.
 */
public final class FramedJson {
  private final CompiledSchemas<SchemaType> schemas;

  /**
   * @param registry knows the writers' schemas; stays the caller's
   */
  public FramedJson(SchemaRegistry registry) {
    schemas =
        new CompiledSchemas<>(
            registry,
            schema -> {
              if (schema.type() != SchemaType.JSON) {
                throw new RejectedRecordException(
                    RejectReason.UNUSABLE_SCHEMA,
                    "the value's schema is of type " + schema.type() + ", not JSON");
              }
              return schema.type();
            });
  }

  /**
   * Where the JSON begins.
   *
   * @param schemaId the value of the header that names the schema, null if there is none
   * @throws RejectedRecordException if there is no value or no frame, or the registry has no such
   *     schema, or one of another type
   * @throws dev.weir.schemas.registry.SchemaRegistryException if the registry could not be asked
   */
  public int bodyStart(byte[] value, byte[] schemaId) throws RejectedRecordException {
    SchemaType unused = schemas.of(value, schemaId);
    return schemas.bodyStart();
  }
}
