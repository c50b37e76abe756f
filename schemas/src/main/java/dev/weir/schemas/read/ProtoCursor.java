package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * A place in a record's bytes, from which Protobuf's encoding is read or skipped.
 *
 * <p>Trusts nothing: a length is believed only as far as bytes are left. Serves one record after
 * another, on one thread.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf's encoding</a>
 */
final class ProtoCursor {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int GROUP = 3;
  static final int END_OF_GROUP = 4;
  static final int FIXED32 = 5;

  /** How deeply groups, which are nested without a length, may lie in one another. */
  private static final int DEEPEST = 100;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int end;

  void begin(byte[] bytes, int from) {
    this.bytes = bytes;
    at = from;
    end = bytes.length;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int left() {
    return end - at;
  }

  /** Goes into what has a length, so that its end is the end; gives the end to go out to. */
  int enter() throws RejectedRecordException {
    int length = readLength();
    int outer = end;
    end = at + length;
    return outer;
  }

  void leave(int outer) {
    at = end;
    end = outer;
  }

  /** Where the cursor is, to come back to. */
  int place() {
    return at;
  }

  void goTo(int place) {
    at = place;
  }

  /** A field's number and wire type. */
  int readTag() throws RejectedRecordException {
    long tag = readVarint();
    if (tag >>> 32 != 0 || tag >>> 3 == 0 || (tag & 7) > FIXED32) {
      throw malformed("a field's tag is out of range");
    }
    return (int) tag;
  }

  long readVarint() throws RejectedRecordException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number takes more than ten bytes");
  }

  /** A varint in zigzag coding. */
  long readSigned() throws RejectedRecordException {
    long coded = readVarint();
    return (coded >>> 1) ^ -(coded & 1);
  }

  int readFixed32() throws RejectedRecordException {
    return (int) INTS.get(bytes, advance(Integer.BYTES));
  }

  long readFixed64() throws RejectedRecordException {
    return (long) LONGS.get(bytes, advance(Long.BYTES));
  }

  String readText(Charset charset) throws RejectedRecordException {
    int length = readLength();
    return new String(bytes, advance(length), length, charset);
  }

  /** Passes over a value whose tag was just read. */
  void skip(int tag) throws RejectedRecordException {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) throws RejectedRecordException {
    switch (tag & 7) {
      case VARINT -> readVarint();
      case FIXED64 -> advance(Long.BYTES);
      case FIXED32 -> advance(Integer.BYTES);
      case LENGTH -> advance(readLength());
      case GROUP -> skipGroup(depth + 1);
      default -> throw malformed("a group ends that did not begin");
    }
  }

  private void skipGroup(int depth) throws RejectedRecordException {
    if (depth > DEEPEST) {
      throw malformed("more than " + DEEPEST + " groups lie in one another");
    }
    for (int tag = readTag(); (tag & 7) != END_OF_GROUP; tag = readTag()) {
      skip(tag, depth);
    }
  }

  private int readLength() throws RejectedRecordException {
    long length = readVarint();
    if (length < 0 || length > left()) {
      throw truncated();
    }
    return (int) length;
  }

  private int advance(int count) throws RejectedRecordException {
    int from = at;
    if (count > end - from) {
      throw truncated();
    }
    at = from + count;
    return from;
  }

  RejectedRecordException malformed(String what) {
    return new RejectedRecordException(
        RejectReason.MALFORMED, "the bytes are not Protobuf: " + what + ", at byte " + at);
  }

  private RejectedRecordException truncated() {
    return new RejectedRecordException(
        RejectReason.MALFORMED,
        "the value's " + bytes.length + " bytes end before the record does");
  }
}
