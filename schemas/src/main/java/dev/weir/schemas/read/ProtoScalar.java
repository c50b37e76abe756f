package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/** Protobuf's scalar types; their names in lower case are those of the language. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum ProtoScalar {
  DOUBLE(
      ProtoCursor.FIXED64,
      (in, slot, out) -> out.setNumber(slot, Double.longBitsToDouble(in.readFixed64()))),
  FLOAT(
      ProtoCursor.FIXED32,
      (in, slot, out) -> out.setNumber(slot, Float.intBitsToFloat(in.readFixed32()))),
  INT32(ProtoCursor.VARINT, in -> (int) in.readVarint()),
  INT64(ProtoCursor.VARINT, ProtoCursor::readVarint),
  UINT32(ProtoCursor.VARINT, in -> in.readVarint() & 0xffffffffL),
  UINT64(ProtoCursor.VARINT, ProtoCursor::readVarint),
  SINT32(ProtoCursor.VARINT, in -> (int) in.readZigzag()),
  SINT64(ProtoCursor.VARINT, ProtoCursor::readZigzag),
  FIXED32(ProtoCursor.FIXED32, in -> in.readFixed32() & 0xffffffffL),
  FIXED64(ProtoCursor.FIXED64, ProtoCursor::readFixed64),
  SFIXED32(ProtoCursor.FIXED32, ProtoCursor::readFixed32),
  SFIXED64(ProtoCursor.FIXED64, ProtoCursor::readFixed64),
  BOOL(ProtoCursor.VARINT, in -> in.readVarint() == 0 ? 0 : 1),
  STRING(
      ProtoCursor.LENGTH,
      (in, slot, out) -> out.setText(slot, in.readText(StandardCharsets.UTF_8))),
  /** Text of one character a byte, as with Avro. */
  BYTES(
      ProtoCursor.LENGTH,
      (in, slot, out) -> out.setText(slot, in.readText(StandardCharsets.ISO_8859_1)));

  private final int wireType;
  private final Value value;
  private final Whole whole;

  /** Reads a value into a slot. */
  @FunctionalInterface
  private interface Value {
    void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException;
  }

  /** Reads a value that is a whole number, or 0 or 1 for a truth value. */
  @FunctionalInterface
  private interface Whole {
    long read(ProtoCursor in) throws RejectedRecordException;
  }

  ProtoScalar(int wireType, Value value) {
    this.wireType = wireType;
    this.value = value;
    whole = null;
  }

  ProtoScalar(int wireType, Whole whole) {
    this.wireType = wireType;
    this.whole = whole;
    value = (in, slot, out) -> set(whole.read(in), slot, out);
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

  /** Whether a map's keys may be of this type. */
  boolean isKey() {
    return whole != null || this == STRING;
  }

  void read(ProtoCursor in, int slot, FieldValues out) throws RejectedRecordException {
    value.read(in, slot, out);
  }

  /** What a field without presence holds that was not written. */
  void setDefault(int slot, FieldValues out) {
    if (this == STRING || this == BYTES) {
      out.setText(slot, "");
    } else {
      set(0, slot, out);
    }
  }

  /** The bits of a key that is no text. */
  long readKey(ProtoCursor in) throws RejectedRecordException {
    return whole.read(in);
  }

  /** The bits of the key that a path writes so; empty if no key of this type is written so. */
  OptionalLong key(String written) {
    try {
      long bits =
          this == BOOL
              ? (written.equals("true") ? 1 : 0)
              : isUnsignedLong() ? Long.parseUnsignedLong(written) : Long.parseLong(written);
      return written(bits).equals(written) ? OptionalLong.of(bits) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private String written(long key) {
    if (this == BOOL) {
      return key == 0 ? "false" : "true";
    }
    return isUnsignedLong() ? Long.toUnsignedString(key) : Long.toString(key);
  }

  private boolean isUnsignedLong() {
    return this == UINT64 || this == FIXED64;
  }

  private void set(long bits, int slot, FieldValues out) {
    if (this == BOOL) {
      out.setBoolean(slot, bits != 0);
    } else if (bits < 0 && isUnsignedLong()) {
      // Halved so that it has a sign to spare; the bit that falls off counts for rounding.
      out.setNumber(slot, 2.0 * (double) ((bits >>> 1) | (bits & 1)));
    } else {
      out.setNumber(slot, (double) bits);
    }
  }
}
