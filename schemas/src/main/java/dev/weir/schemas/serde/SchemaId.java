package dev.weir.schemas.serde;

import dev.weir.schemas.registry.RegisteredSchema;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.UUID;
import org.apache.avro.Schema;

/** How a record names its schema. */
public sealed interface SchemaId {

  /** By the number that one registry gave it. */
  record ById(int id) implements SchemaId {
    @Override
    public RegisteredSchema fetch(SchemaRegistry registry) {
      return registry.fetch(id);
    }

    @Override
    public Schema avro(SchemaRegistry registry) {
      return registry.byId(id);
    }

    @Override
    public String toString() {
      return "schema id " + id;
    }
  }

  /** By the identifier that is the same in every registry. */
  record ByGuid(UUID guid) implements SchemaId {
    @Override
    public RegisteredSchema fetch(SchemaRegistry registry) {
      return registry.fetch(guid);
    }

    @Override
    public Schema avro(SchemaRegistry registry) {
      return registry.fetch(guid).avro();
    }

    @Override
    public String toString() {
      return "schema GUID " + guid;
    }
  }

  /** The schema, of whichever type; fails as {@link SchemaRegistry#fetch(int)} does. */
  RegisteredSchema fetch(SchemaRegistry registry);

  /** The Avro schema; fails as {@link SchemaRegistry#byId} does. */
  Schema avro(SchemaRegistry registry);
}
