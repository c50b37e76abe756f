package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.RegisteredSchema;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.Frame;
import dev.weir.schemas.serde.SchemaId;
import dev.weir.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the schema that a record names, and what a reader has made of it: fetched and compiled
 * once, and kept.
 *
 * <p>That a schema is of no use is remembered as well; that the registry does not know it is not,
 * since it may come to know it. Not thread-safe.
 *
 * @param <P> what is compiled from a schema
 */
final class CompiledSchemas<P> {
  /** Makes something of a schema. */
  @FunctionalInterface
  interface Compiler<P> {
    /**
     * @throws RejectedRecordException if no record of this schema can be read
     * @throws SchemaRegistryException of kind {@code UNUSABLE} for the same reason
     */
    P compile(RegisteredSchema schema) throws RejectedRecordException;
  }

  private static final byte[] NOTHING = {};

  private final SchemaRegistry registry;
  private final Compiler<P> compiler;
  private final Map<SchemaId, P> programs = new HashMap<>();
  private final Map<SchemaId, RejectedRecordException> useless = new HashMap<>();
  private byte[] lastHeader;
  private int lastId;
  private P last;
  private int bodyStart;
  private byte[] afterId = NOTHING;

  CompiledSchemas(SchemaRegistry registry, Compiler<P> compiler) {
    this.registry = registry;
    this.compiler = compiler;
  }

  /**
   * What was made of a record's schema; the body's place can be asked for afterwards.
   *
   * @param header what a header says of the schema; null if there is none, and the record begins
   *     with a frame
   * @throws RejectedRecordException if the record has no value or no frame, or the registry no such
   *     schema, or one of no use
   * @throws SchemaRegistryException if the registry could not be asked; the record may be good
   */
  P of(byte[] record, byte[] header) throws RejectedRecordException {
    return header == null ? named(record) : namedBeside(record, header);
  }

  /** Where the record's body begins, by which its schema was found last. */
  int bodyStart() {
    return bodyStart;
  }

  /** What its header had beside the schema's name; not to be written to. */
  byte[] afterId() {
    return afterId;
  }

  private P named(byte[] record) throws RejectedRecordException {
    int id = Frames.schemaId(record);
    if (last == null || lastHeader != null || lastId != id) {
      last = find(new SchemaId.ById(id));
      lastHeader = null;
      lastId = id;
      bodyStart = WireFormat.HEADER_BYTES;
      afterId = NOTHING;
    }
    return last;
  }

  private P namedBeside(byte[] record, byte[] header) throws RejectedRecordException {
    if (record == null || last == null || !Arrays.equals(lastHeader, header)) {
      Frame frame = Frames.beside(record, header);
      last = find(frame.schema());
      lastHeader = header.clone();
      bodyStart = frame.bodyStart();
      ByteBuffer rest = frame.afterId();
      afterId = new byte[rest.remaining()];
      rest.duplicate().get(afterId);
    }
    return last;
  }

  private P find(SchemaId id) throws RejectedRecordException {
    P program = programs.get(id);
    if (program != null) {
      return program;
    }
    RejectedRecordException before = useless.get(id);
    if (before != null) {
      throw before;
    }
    try {
      P made = compiler.compile(id.fetch(registry));
      programs.put(id, made);
      return made;
    } catch (RejectedRecordException e) {
      useless.put(id, e);
      throw e;
    } catch (StackOverflowError e) {
      RejectedRecordException rejection =
          new RejectedRecordException(
              RejectReason.UNUSABLE_SCHEMA, "the value's schema, " + id + ", is nested too deeply");
      useless.put(id, rejection);
      throw rejection;
    } catch (SchemaRegistryException e) {
      RejectedRecordException rejection = rejection(e);
      if (rejection.reason() == RejectReason.UNUSABLE_SCHEMA) {
        useless.put(id, rejection);
      }
      throw rejection;
    }
  }

  /** An answer about the schema is the record's fault; everything else is not. */
  private static RejectedRecordException rejection(SchemaRegistryException e) {
    return switch (e.kind()) {
      case NOT_FOUND -> new RejectedRecordException(RejectReason.UNKNOWN_SCHEMA, e.getMessage());
      case UNUSABLE -> new RejectedRecordException(RejectReason.UNUSABLE_SCHEMA, e.getMessage());
      default -> throw e;
    };
  }
}
