package dev.weir.schemas.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RecordReader;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;
import java.util.Optional;

/**
 * What the records of a topic are written in; in configs under the name that {@link #toString}
 * gives.
 */
public enum RecordFormat {
  /** JSON objects and nothing else. */
  @JsonProperty("json")
  JSON("json", false) {
    @Override
    public RecordReader reader(List<FieldPath> paths, SchemaRegistry registry) {
      return new JsonRecordReader(paths);
    }
  },
  /** Avro, by the writer's schema in a registry. */
  @JsonProperty("avro")
  AVRO("avro", true) {
    @Override
    public RecordReader reader(List<FieldPath> paths, SchemaRegistry registry) {
      return new AvroRecordReader(registry, paths);
    }

    @Override
    public Optional<SchemaFields> fields(SchemaRegistry registry) {
      return Optional.of(new AvroSchemaFields(registry));
    }
  },
  /** JSON objects in a schema registry's frame. */
  @JsonProperty("json-schema")
  JSON_SCHEMA("json-schema", false) {
    @Override
    public RecordReader reader(List<FieldPath> paths, SchemaRegistry registry) {
      return new FramedJsonRecordReader(paths);
    }
  },
  /** Protobuf, by the writer's schema in a registry. */
  @JsonProperty("protobuf")
  PROTOBUF("protobuf", true) {
    @Override
    public RecordReader reader(List<FieldPath> paths, SchemaRegistry registry) {
      return new ProtobufRecordReader(registry, paths);
    }

    @Override
    public Optional<SchemaFields> fields(SchemaRegistry registry) {
      return Optional.of(new ProtobufSchemaFields(registry));
    }
  };

  private final String text;
  private final boolean needsRegistry;

  RecordFormat(String text, boolean needsRegistry) {
    this.text = text;
    this.needsRegistry = needsRegistry;
  }

  /** Whether records cannot be read without a registry. */
  public boolean needsRegistry() {
    return needsRegistry;
  }

  /**
   * A reader for one thread.
   *
   * @param paths the wanted fields, whose order gives the slots
   * @param registry null if it is not needed
   */
  public abstract RecordReader reader(List<FieldPath> paths, SchemaRegistry registry);

  /** What tells the fields of a record by its schema; empty if records have to be looked into. */
  public Optional<SchemaFields> fields(SchemaRegistry registry) {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
