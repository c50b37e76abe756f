package dev.weir.schemas.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RecordReader;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the records of a topic are written in; in configs under the name that {@link #toString}
 * gives.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum RecordFormat {
  /** JSON objects and nothing else. */
  @JsonProperty("json")
  JSON("json", (registry, paths) -> new JsonRecordReader(paths), null),
  /** Avro, by the writer's schema in a registry. */
  @JsonProperty("avro")
  AVRO("avro", AvroRecordReader::new, AvroSchemaFields::new),
  /** JSON objects in a schema registry's frame. */
  @JsonProperty("json-schema")
  JSON_SCHEMA("json-schema", FramedJsonRecordReader::new, null),
  /** Protobuf, by the writer's schema in a registry. */
  @JsonProperty("protobuf")
  PROTOBUF("protobuf", ProtobufRecordReader::new, ProtobufSchemaFields::new);

  private final String text;
  private final BiFunction<SchemaRegistry, List<FieldPath>, RecordReader> readers;
  private final Optional<Function<SchemaRegistry, SchemaFields>> fields;

  /**
   * @param fields null if a schema does not tell the fields of a record
   */
  RecordFormat(
      String text,
      BiFunction<SchemaRegistry, List<FieldPath>, RecordReader> readers,
      Function<SchemaRegistry, SchemaFields> fields) {
    this.text = text;
    this.readers = readers;
    this.fields = Optional.ofNullable(fields);
  }

  /** Whether records cannot be read without a registry. */
  public boolean needsRegistry() {
    return this != JSON;
  }

  /**
   * A reader for one thread.
   *
   * @param paths the wanted fields, whose order gives the slots
   * @param registry null if it is not needed
   */
  public RecordReader reader(List<FieldPath> paths, SchemaRegistry registry) {
    return readers.apply(registry, paths);
  }

  /** What tells the fields of a record by its schema; empty if records have to be looked into. */
  public Optional<SchemaFields> fields(SchemaRegistry registry) {
    return fields.map(each -> each.apply(registry));
  }

  @Override
  public String toString() {
    return text;
  }
}
