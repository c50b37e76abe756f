package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A place in a record's bytes, from which Avro's binary encoding is read or skipped.
 *
 * <p>Trusts nothing: a length is believed only as far as bytes are left, and what is read is never
 * larger than the record. Serves one record after another, on one thread.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro's binary
 *     encoding</a>
 */
final class AvroCursor {
  /** How deeply records, arrays and maps may lie in one another where nobody looks for a field. */
  static final int DEEPEST = 500;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LAST_BYTES = 0x8080808080808080L;

  private byte[] bytes = {};
  private int at;
  private long blockBytes;
  private int depth;

  void begin(byte[] bytes, int from) {
    this.bytes = bytes;
    at = from;
    depth = 0;
  }

  int left() {
    return bytes.length - at;
  }

  boolean readBoolean() throws RejectedRecordException {
    byte value = bytes[advance(1)];
    if (value != 0 && value != 1) {
      throw malformed("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  float readFloat() throws RejectedRecordException {
    return Float.intBitsToFloat((int) INTS.get(bytes, advance(Float.BYTES)));
  }

  double readDouble() throws RejectedRecordException {
    return Double.longBitsToDouble((long) LONGS.get(bytes, advance(Double.BYTES)));
  }

  int readInt() throws RejectedRecordException {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("an int has more than 32 bits");
    }
    return (int) value;
  }

  /** A number in zigzag coding, in one to ten bytes. */
  long readLong() throws RejectedRecordException {
    long coded = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      coded |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (coded >>> 1) ^ -(coded & 1);
      }
    }
    throw malformed("a number takes more than ten bytes");
  }

  /** Which of several: the branch of a union, the symbol of an enum. */
  int readIndex(int count) throws RejectedRecordException {
    if (at < bytes.length) {
      // Mostly one byte, of which the lowest bit is the sign.
      int one = bytes[at];
      if ((one & 0x81) == 0 && one >> 1 < count) {
        at++;
        return one >> 1;
      }
    }
    long index = readLong();
    if (index < 0 || index >= count) {
      throw malformed("one of " + count + " is wanted, but the index is " + index);
    }
    return (int) index;
  }

  /** The length of what follows, which is there in full. */
  int readLength() throws RejectedRecordException {
    long length = readLong();
    if (length < 0) {
      throw malformed("a length is below 0");
    }
    if (length > left()) {
      throw truncated();
    }
    return (int) length;
  }

  String readText(int length, Charset charset) throws RejectedRecordException {
    return new String(bytes, advance(length), length, charset);
  }

  long readBigEndian() throws RejectedRecordException {
    return Long.reverseBytes((long) LONGS.get(bytes, advance(Long.BYTES)));
  }

  /**
   * A big-endian two's complement, as decimals have it.
   *
   * @param most how many bytes it may have beside those that only repeat its sign
   */
  BigInteger readUnscaled(int length, int most) throws RejectedRecordException {
    if (length == 0) {
      throw malformed("a decimal has no bytes");
    }
    int from = advance(length);
    int to = from + length;
    while (to - from > 1 && bytes[from] == bytes[from + 1] >> 7) {
      from++;
    }
    if (to - from > most) {
      throw malformed("a decimal has more digits than its schema allows");
    }
    return new BigInteger(bytes, from, to - from);
  }

  boolean isNext(byte[] expected, int length) {
    return length == expected.length && Arrays.equals(bytes, at, at + length, expected, 0, length);
  }

  void skip(long count) throws RejectedRecordException {
    if (count < 0 || count > left()) {
      throw truncated();
    }
    at += (int) count;
  }

  void skipNumber() throws RejectedRecordException {
    if (left() >= Long.BYTES) {
      // Of eight bytes at once, the first one that has no more after it; no branch to guess wrong.
      long last = ~(long) LONGS.get(bytes, at) & LAST_BYTES;
      if (last != 0) {
        at += (Long.numberOfTrailingZeros(last) >>> 3) + 1;
        return;
      }
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[advance(1)] >= 0) {
        return;
      }
    }
    throw malformed("a number takes more than ten bytes");
  }

  /** How many items the next block of an array or map has; 0 after the last one. */
  long readBlock() throws RejectedRecordException {
    long count = readLong();
    blockBytes = -1;
    if (count < 0) {
      count = -count;
      blockBytes = readLength();
    }
    if (count < 0) {
      throw malformed("a block's count is out of range");
    }
    return count;
  }

  /** How many bytes the block has whose count was read last; below 0 if its writer did not say. */
  long blockBytes() {
    return blockBytes;
  }

  /** Goes into a record, array or map; those of a recursive schema may go on without end. */
  void enter() throws RejectedRecordException {
    if (++depth > DEEPEST) {
      throw malformed("more than " + DEEPEST + " records, arrays and maps lie in one another");
    }
  }

  void leave() {
    depth--;
  }

  private int advance(int count) throws RejectedRecordException {
    int from = at;
    if (count > bytes.length - from) {
      throw truncated();
    }
    at = from + count;
    return from;
  }

  RejectedRecordException malformed(String what) {
    return new RejectedRecordException(
        RejectReason.MALFORMED, "the bytes do not fit the schema: " + what + ", at byte " + at);
  }

  private RejectedRecordException truncated() {
    return new RejectedRecordException(
        RejectReason.MALFORMED,
        "the value's " + bytes.length + " bytes end before the record does");
  }
}
