package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;

/** Reads a moment as milliseconds since 1970-01-01T00:00Z, or a duration in milliseconds. */
final class ProtoTime implements ProtoValue {
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;

  private final int slot;
  private final int wireType;
  private long seconds;
  private int nanos;

  ProtoTime(int slot, int wireType) {
    this.slot = slot;
    this.wireType = wireType;
  }

  static boolean isTime(String message) {
    return isMoment(message) || message.equals("google.protobuf.Duration");
  }

  static boolean isMoment(String message) {
    return message.equals("google.protobuf.Timestamp");
  }

  @Override
  public void begin(FieldValues out) {
    seconds = 0;
    nanos = 0;
    out.setAbsent(slot);
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == this.wireType;
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    int outer = in.enter(tag);
    for (int next = in.nextField(tag); next != 0; next = in.nextField(tag)) {
      switch (next) {
        case SECONDS -> seconds = in.readVarint();
        case NANOS -> nanos = (int) in.readVarint();
        default -> in.skip(next);
      }
    }
    in.leave(outer);
    out.setNumber(slot, seconds * 1e3 + nanos / 1e6);
  }
}
