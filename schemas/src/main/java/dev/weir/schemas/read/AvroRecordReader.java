package dev.weir.schemas.read;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads Avro records by the schema that each was written with, which its frame or a header names.
 *
 * <p>The wanted fields are looked up in a writer's schema once; from then on they are read straight
 * from the bytes and the others are skipped, without an object for either. Fields that a schema
 * does not have are absent, so that a topic's schema may change while it is read. Which type
 * becomes what is said by {@link AvroLeaf}.
 *
 * <p>A registry that cannot be asked rejects no record: its {@link
 * dev.weir.schemas.registry.SchemaRegistryException} comes through.
 */
public final class AvroRecordReader implements RecordReader {
  private final CompiledSchemas<AvroProgram> programs;
  private final AvroCursor in = new AvroCursor();

  /**
   * @param registry knows the writers' schemas; stays the caller's
   */
  public AvroRecordReader(SchemaRegistry registry, List<FieldPath> paths) {
    PathTree wanted = PathTree.of(paths);
    programs = new CompiledSchemas<>(registry, schema -> compile(schema.avro(), wanted));
  }

  private static AvroProgram compile(Schema writer, PathTree wanted)
      throws RejectedRecordException {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new RejectedRecordException(
          RejectReason.UNUSABLE_SCHEMA,
          "the value's schema is of type " + writer.getType().getName() + ", not a record");
    }
    return new AvroProgram(writer, wanted);
  }

  @Override
  public void read(byte[] bytes, byte[] schemaId, FieldValues fields)
      throws RejectedRecordException {
    fields.clear();
    AvroProgram program = programs.of(bytes, schemaId);
    in.begin(bytes, programs.bodyStart());
    program.run(in, fields);
    if (in.left() > 0) {
      throw in.malformed(in.left() + " bytes are left after the record");
    }
  }
}
