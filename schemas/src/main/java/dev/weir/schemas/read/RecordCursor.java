package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A place in a record's bytes, and what binary encodings have in common there.
 *
 * <p>Trusts nothing: a length is believed only as far as bytes are left, and what is read is never
 * larger than the record. Serves one record after another, on one thread.
 */
abstract class RecordCursor {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The whole record; what is read of it ends at {@link #end}. */
  byte[] bytes = {};

  int at;
  int end;

  void begin(byte[] bytes, int from) {
    this.bytes = bytes;
    at = from;
    end = bytes.length;
  }

  final int left() {
    return end - at;
  }

  final int readFixed32() throws RejectedRecordException {
    return (int) INTS.get(bytes, advance(Integer.BYTES));
  }

  final long readFixed64() throws RejectedRecordException {
    return (long) LONGS.get(bytes, advance(Long.BYTES));
  }

  /** A number of seven bits a byte, the lowest ones first, in one to ten bytes. */
  final long readVarint() throws RejectedRecordException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw tooLong();
  }

  /** A varint in zigzag coding. */
  final long readZigzag() throws RejectedRecordException {
    long coded = readVarint();
    return (coded >>> 1) ^ -(coded & 1);
  }

  final String readText(int length, Charset charset) throws RejectedRecordException {
    return new String(bytes, advance(length), length, charset);
  }

  /** Whether the next bytes, as many as are said and there, are these. */
  final boolean isNext(byte[] expected, int length) {
    return length == expected.length && Arrays.equals(bytes, at, at + length, expected, 0, length);
  }

  /** Passes over bytes, and tells where they begin. */
  final int advance(int count) throws RejectedRecordException {
    int from = at;
    if (count > end - from) {
      throw truncated();
    }
    at = from + count;
    return from;
  }

  /** Says what is wrong at this place. */
  abstract RejectedRecordException malformed(String what);

  final RejectedRecordException tooLong() {
    return malformed("a number takes more than ten bytes");
  }

  final RejectedRecordException truncated() {
    return new RejectedRecordException(
        RejectReason.MALFORMED,
        "the value's " + bytes.length + " bytes end before the record does");
  }
}
