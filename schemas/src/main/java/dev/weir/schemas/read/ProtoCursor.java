package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.Charset;

/**
 * Reads or skips Protobuf's encoding.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf's encoding</a>
 */
final class ProtoCursor extends RecordCursor {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int GROUP = 3;
  static final int END_OF_GROUP = 4;
  static final int FIXED32 = 5;

  /** How deeply groups, which are nested without a length, may lie in one another. */
  private static final int DEEPEST = 100;

  boolean isAtEnd() {
    return at == end;
  }

  /**
   * Goes into a message, or into what else has a length, whose tag was just read.
   *
   * @return what {@link #leave} wants afterwards
   */
  int enter(int tag) throws RejectedRecordException {
    int outer = end;
    if ((tag & 7) != GROUP) {
      int length = readLength();
      end = at + length;
    }
    return outer;
  }

  /** The tag of the next field of the message that was entered with a tag; 0 after the last one. */
  int nextField(int tag) throws RejectedRecordException {
    if ((tag & 7) != GROUP) {
      return at == end ? 0 : readTag();
    }
    int next = readTag();
    return isEndOfGroup(next, tag) ? 0 : next;
  }

  /** Goes out of what was entered and is read to its end. */
  void leave(int outer) {
    end = outer;
  }

  /** Passes over what is left. */
  void skipToEnd() {
    at = end;
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

  String readText(Charset charset) throws RejectedRecordException {
    return readText(readLength(), charset);
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
      case GROUP -> skipGroup(tag, depth + 1);
      default -> throw malformed("a group ends that did not begin");
    }
  }

  private void skipGroup(int tag, int depth) throws RejectedRecordException {
    if (depth > DEEPEST) {
      throw malformed("more than " + DEEPEST + " groups lie in one another");
    }
    for (int next = nextField(tag); next != 0; next = nextField(tag)) {
      skip(next, depth);
    }
  }

  private boolean isEndOfGroup(int tag, int start) throws RejectedRecordException {
    if ((tag & 7) != END_OF_GROUP) {
      return false;
    }
    if (tag >>> 3 != start >>> 3) {
      throw malformed("a group ends that did not begin");
    }
    return true;
  }

  /** The length of what follows, which is there in full. */
  int readLength() throws RejectedRecordException {
    long length = readVarint();
    if (length < 0 || length > left()) {
      throw truncated();
    }
    return (int) length;
  }

  @Override
  RejectedRecordException malformed(String what) {
    return new RejectedRecordException(
        RejectReason.MALFORMED, "the bytes are not Protobuf: " + what + ", at byte " + at);
  }
}
