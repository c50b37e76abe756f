package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** Reads floats or doubles that follow one another, plain or in unions with null. */
enum AvroNumbers {
  FLOATS {
    @Override
    void read(int[] slots, AvroCursor in, FieldValues out) throws RejectedRecordException {
      for (int slot : slots) {
        out.setNumber(slot, in.readFloat());
      }
    }
  },
  DOUBLES {
    @Override
    void read(int[] slots, AvroCursor in, FieldValues out) throws RejectedRecordException {
      for (int slot : slots) {
        out.setNumber(slot, in.readDouble());
      }
    }
  },
  /** Of which null is the first branch. */
  NULL_OR_DOUBLES {
    @Override
    void read(int[] slots, AvroCursor in, FieldValues out) throws RejectedRecordException {
      for (int slot : slots) {
        if (in.readIndex(2) == 0) {
          out.setNull(slot);
        } else {
          out.setNumber(slot, in.readDouble());
        }
      }
    }
  },
  NULL_OR_FLOATS {
    @Override
    void read(int[] slots, AvroCursor in, FieldValues out) throws RejectedRecordException {
      for (int slot : slots) {
        if (in.readIndex(2) == 0) {
          out.setNull(slot);
        } else {
          out.setNumber(slot, in.readFloat());
        }
      }
    }
  };

  abstract void read(int[] slots, AvroCursor in, FieldValues out) throws RejectedRecordException;

  /** The kind that reads values of a union, or null if it is none of null and one other. */
  static AvroNumbers ofUnion(Schema union) {
    List<Schema> branches = union.getTypes();
    if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
      return null;
    }
    return switch (branches.get(1).getType()) {
      case FLOAT -> NULL_OR_FLOATS;
      case DOUBLE -> NULL_OR_DOUBLES;
      default -> null;
    };
  }

  /** What reads one number; joined with its like it reads all of them in one loop. */
  AvroStep into(int slot) {
    return new Run(this, new int[] {slot});
  }

  private static final class Run implements AvroStep {
    private final AvroNumbers kind;
    private final int[] slots;

    Run(AvroNumbers kind, int[] slots) {
      this.kind = kind;
      this.slots = slots;
    }

    @Override
    public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
      kind.read(slots, in, out);
    }

    @Override
    public AvroStep joinedWith(AvroStep next) {
      if (next instanceof Run run && run.kind == kind) {
        return new Run(
            kind, IntStream.concat(Arrays.stream(slots), Arrays.stream(run.slots)).toArray());
      }
      return null;
    }
  }
}
