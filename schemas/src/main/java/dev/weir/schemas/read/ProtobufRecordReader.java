package dev.weir.schemas.read;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;

/**
 * Reads Protobuf messages by the schema that each was written with, which its frame or a header
 * names.
 *
 * <p>The wanted fields are looked up in the schema once, and then read straight from the bytes. A
 * field of proto3 that is not written holds its type's default, as Protobuf has it, unless it is
 * {@code optional}; then it is absent, like any field of proto2. Enums become text; timestamps and
 * durations become milliseconds, and Google's wrappers what is in them.
 *
 * <p>A registry that cannot be asked rejects no record: its {@link
 * dev.weir.schemas.registry.SchemaRegistryException} comes through.
 */
public final class ProtobufRecordReader implements RecordReader {
  private final ProtobufSchemas<ProtoProgram> programs;
  private final ProtoCursor in = new ProtoCursor();

  /**
   * @param registry knows the writers' schemas; stays the caller's
   */
  public ProtobufRecordReader(SchemaRegistry registry, List<FieldPath> paths) {
    PathTree wanted = PathTree.of(paths);
    programs = new ProtobufSchemas<>(registry, message -> new ProtoProgram(message, wanted));
  }

  @Override
  public void read(byte[] bytes, byte[] schemaId, FieldValues fields)
      throws RejectedRecordException {
    fields.clear();
    programs.of(bytes, schemaId, in).run(in, fields);
  }
}
