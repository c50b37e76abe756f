package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** Compiles schemas to what passes over their values; each record's schema once. */
final class AvroSkips {
  private final Map<String, RecordSkip> records = new HashMap<>();
  private final Map<String, OptionalInt> sizes = new HashMap<>();

  AvroSkip of(Schema schema) {
    OptionalInt constant = constantSize(schema);
    if (constant.isPresent()) {
      return new AvroSkip.Bytes(constant.getAsInt());
    }
    return switch (schema.getType()) {
      case INT, LONG, ENUM -> AvroSkip.NUMBER;
      case BYTES, STRING -> AvroSkip.TEXT;
      case UNION -> union(schema.getTypes().stream().map(this::of).toArray(AvroSkip[]::new));
      case ARRAY -> blocks(of(schema.getElementType()));
      case MAP -> blocks(entry(of(schema.getValueType())));
      case RECORD -> record(schema);
      default -> throw new IllegalStateException("not of constant size: " + schema.getType());
    };
  }

  private AvroSkip record(Schema schema) {
    RecordSkip known = records.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    RecordSkip skip = new RecordSkip();
    records.put(schema.getFullName(), skip);
    skip.fields =
        new AvroSkipRun(schema.getFields().stream().map(field -> of(field.schema())).toList());
    return skip;
  }

  private static AvroSkip union(AvroSkip[] branches) {
    if (branches.length == 2
        && branches[0] instanceof AvroSkip.Bytes first
        && branches[1] instanceof AvroSkip.Bytes second) {
      return new AvroSkip.Choice(first.size(), second.size());
    }
    return in -> branches[in.readIndex(branches.length)].skip(in);
  }

  private static AvroSkip entry(AvroSkip value) {
    return in -> {
      in.skip(in.readLength());
      value.skip(in);
    };
  }

  private static AvroSkip blocks(AvroSkip item) {
    return in -> {
      in.enter();
      for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
        block(in, item, count);
      }
      in.leave();
    };
  }

  /** Passes over a block whose count was just read. */
  static void block(AvroCursor in, AvroSkip item, long count) throws RejectedRecordException {
    if (in.blockBytes() >= 0) {
      in.skip(in.blockBytes());
    } else {
      item.skip(in, count);
    }
  }

  /** The size of all values of a schema, if it is one; so many values of no size take no time. */
  private OptionalInt constantSize(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> OptionalInt.of(0);
      case BOOLEAN -> OptionalInt.of(1);
      case FLOAT -> OptionalInt.of(Float.BYTES);
      case DOUBLE -> OptionalInt.of(Double.BYTES);
      case FIXED -> OptionalInt.of(schema.getFixedSize());
      case RECORD -> constantRecord(schema);
      default -> OptionalInt.empty();
    };
  }

  private OptionalInt constantRecord(Schema schema) {
    OptionalInt known = sizes.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    // What holds itself has no constant size.
    sizes.put(schema.getFullName(), OptionalInt.empty());
    long sum = 0;
    for (Schema.Field field : schema.getFields()) {
      OptionalInt size = constantSize(field.schema());
      if (size.isEmpty() || sum + size.getAsInt() > Integer.MAX_VALUE) {
        return OptionalInt.empty();
      }
      sum += size.getAsInt();
    }
    OptionalInt size = OptionalInt.of((int) sum);
    sizes.put(schema.getFullName(), size);
    return size;
  }

  /** Made before its fields are, since they may hold a record of the same schema. */
  private static final class RecordSkip implements AvroSkip {
    private AvroSkipRun fields;

    @Override
    public void skip(AvroCursor in) throws RejectedRecordException {
      in.enter();
      fields.skip(in);
      in.leave();
    }
  }
}
