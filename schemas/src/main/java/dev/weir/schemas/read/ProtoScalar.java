package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Protobuf's scalar types; their names in lower case are those of the language. */
enum ProtoScalar {
  DOUBLE(ProtoCursor.FIXED64) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, Double.longBitsToDouble(in.readFixed64()));
    }
  },
  FLOAT(ProtoCursor.FIXED32) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, Float.intBitsToFloat(in.readFixed32()));
    }
  },
  INT32(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (int) in.readVarint());
    }
  },
  INT64(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (double) in.readVarint());
    }
  },
  UINT32(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (double) (in.readVarint() & 0xffffffffL));
    }
  },
  UINT64(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, unsigned(in.readVarint()));
    }
  },
  SINT32(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (int) in.readSigned());
    }
  },
  SINT64(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (double) in.readSigned());
    }
  },
  FIXED32(ProtoCursor.FIXED32) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (double) (in.readFixed32() & 0xffffffffL));
    }
  },
  FIXED64(ProtoCursor.FIXED64) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, unsigned(in.readFixed64()));
    }
  },
  SFIXED32(ProtoCursor.FIXED32) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, in.readFixed32());
    }
  },
  SFIXED64(ProtoCursor.FIXED64) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setNumber(slot, (double) in.readFixed64());
    }
  },
  BOOL(ProtoCursor.VARINT) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setBoolean(slot, in.readVarint() != 0);
    }

    @Override
    void setDefault(int slot, FieldValues out) {
      out.setBoolean(slot, false);
    }
  },
  STRING(ProtoCursor.LENGTH) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setText(slot, in.readText(StandardCharsets.UTF_8));
    }

    @Override
    void setDefault(int slot, FieldValues out) {
      out.setText(slot, "");
    }
  },
  /** Text of one character a byte, as with Avro. */
  BYTES(ProtoCursor.LENGTH) {
    @Override
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
      out.setText(slot, in.readText(StandardCharsets.ISO_8859_1));
    }

    @Override
    void setDefault(int slot, FieldValues out) {
      out.setText(slot, "");
    }
  };

  private final int wireType;

  ProtoScalar(int wireType) {
    this.wireType = wireType;
  }

  /** The type of this name, or null if it is none. */
  static ProtoScalar named(String name) {
    for (ProtoScalar scalar : values()) {
      if (scalar.name().toLowerCase(Locale.ROOT).equals(name)) {
        return scalar;
      }
    }
    return null;
  }

  int wireType() {
    return wireType;
  }

  abstract void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException;

  /** What a field without presence holds that was not written. */
  void setDefault(int slot, FieldValues out) {
    out.setNumber(slot, 0);
  }

  private static double unsigned(long value) {
    // Halved so that it has a sign to spare; the bit that falls off counts for rounding.
    return value >= 0 ? (double) value : 2.0 * (double) ((value >>> 1) | (value & 1));
  }
}
