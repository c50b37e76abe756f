package dev.weir.schemas.read;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.Map;

/** Readers of fields that become a single value. */
final class ProtoSingles {
  private ProtoSingles() {}

  /** A scalar. */
  record OfScalar(ProtoScalar scalar, int slot, boolean hasPresence) implements ProtoValue {
    @Override
    public void begin(FieldValues out) {
      if (hasPresence) {
        out.setAbsent(slot);
      } else {
        scalar.setDefault(slot, out);
      }
    }

    @Override
    public boolean accepts(int wireType) {
      return wireType == scalar.wireType();
    }

    @Override
    public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
      scalar.read(in, slot, out);
    }
  }

  /** The name of an enum's value; the number, if the schema has no name for it. */
  record OfEnumeration(ProtoType.Enumeration type, int slot, boolean hasPresence)
      implements ProtoValue {
    @Override
    public void begin(FieldValues out) {
      if (hasPresence) {
        out.setAbsent(slot);
      } else {
        out.setText(slot, type.first());
      }
    }

    @Override
    public boolean accepts(int wireType) {
      return wireType == ProtoCursor.VARINT;
    }

    @Override
    public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
      int number = (int) in.readVarint();
      String name = type.names().get(number);
      out.setText(slot, name == null ? Integer.toString(number) : name);
    }
  }

  /** The value within one of Google's wrappers, which may be missing, or written in parts. */
  record OfWrapper(ProtoScalar scalar, int slot, int wireType) implements ProtoValue {
    private static final Map<String, ProtoScalar> WRAPPERS =
        Map.of(
            "google.protobuf.DoubleValue", ProtoScalar.DOUBLE,
            "google.protobuf.FloatValue", ProtoScalar.FLOAT,
            "google.protobuf.Int64Value", ProtoScalar.INT64,
            "google.protobuf.UInt64Value", ProtoScalar.UINT64,
            "google.protobuf.Int32Value", ProtoScalar.INT32,
            "google.protobuf.UInt32Value", ProtoScalar.UINT32,
            "google.protobuf.BoolValue", ProtoScalar.BOOL,
            "google.protobuf.StringValue", ProtoScalar.STRING,
            "google.protobuf.BytesValue", ProtoScalar.BYTES);

    /** What a message of this name wraps, or null if it does not. */
    static ProtoScalar wrappedBy(String message) {
      return WRAPPERS.get(message);
    }

    @Override
    public void begin(FieldValues out) {
      out.setAbsent(slot);
    }

    @Override
    public boolean accepts(int wireType) {
      return wireType == this.wireType;
    }

    @Override
    public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
      int outer = in.enter(tag);
      if (out.kind(slot) == FieldKind.ABSENT) {
        scalar.setDefault(slot, out);
      }
      for (int next = in.nextField(tag); next != 0; next = in.nextField(tag)) {
        if (next == (1 << 3 | scalar.wireType())) {
          scalar.read(in, slot, out);
        } else {
          in.skip(next);
        }
      }
      in.leave(outer);
    }
  }

  /** Something of which nothing is known but that it is there. */
  record OfUnknown(int slot) implements ProtoValue {
    @Override
    public void begin(FieldValues out) {
      out.setAbsent(slot);
    }

    @Override
    public boolean accepts(int wireType) {
      return wireType != ProtoCursor.END_OF_GROUP;
    }

    @Override
    public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
      in.skip(tag);
      out.setNested(slot);
    }
  }

  /**
   * Something that nobody wants, or a single value that paths lead into, where there is nothing.
   */
  record OfNothing(int wireType) implements ProtoValue {
    @Override
    public void begin(FieldValues out) {
      // Nothing is kept of it.
    }

    @Override
    public boolean accepts(int wireType) {
      return wireType == this.wireType;
    }

    @Override
    public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
      in.skip(tag);
    }
  }
}
