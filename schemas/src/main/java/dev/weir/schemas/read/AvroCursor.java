package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.math.BigInteger;

/**
 * Reads or skips Avro's binary encoding.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro's binary
 *     encoding</a>
 */
final class AvroCursor extends RecordCursor {
  /** How deeply records, arrays and maps may lie in one another where nobody looks for a field. */
  static final int DEEPEST = 500;

  private static final long LAST_BYTES = 0x8080808080808080L;

  private long blockBytes;
  private int depth;

  @Override
  void begin(byte[] bytes, int from) {
    super.begin(bytes, from);
    depth = 0;
  }

  boolean readBoolean() throws RejectedRecordException {
    byte value = bytes[advance(1)];
    if (value != 0 && value != 1) {
      throw malformed("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  float readFloat() throws RejectedRecordException {
    return Float.intBitsToFloat(readFixed32());
  }

  double readDouble() throws RejectedRecordException {
    return Double.longBitsToDouble(readFixed64());
  }

  int readInt() throws RejectedRecordException {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("an int has more than 32 bits");
    }
    return (int) value;
  }

  long readLong() throws RejectedRecordException {
    return readZigzag();
  }

  /** Which of several: the branch of a union, the symbol of an enum. */
  int readIndex(int count) throws RejectedRecordException {
    if (at < end) {
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

  long readBigEndian() throws RejectedRecordException {
    return Long.reverseBytes(readFixed64());
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
    throw tooLong();
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

  @Override
  RejectedRecordException malformed(String what) {
    return new RejectedRecordException(
        RejectReason.MALFORMED, "the bytes do not fit the schema: " + what + ", at byte " + at);
  }
}
