package dev.weir.model.feature;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * What a {@link FeatureEncoder} remembers of one key: the last values of those fields whose
 * features look back, and the rows of a window that is not yet over.
 *
 * <p>As bytes, big-endian: the format's version (1 byte), the layout's fingerprint (4), the number
 * of rows remembered (4), the previous record's time and the newest one so far (8 each); then for
 * each field that is looked back at its values (8 each) and the window's rows (4 a value), oldest
 * first. No more than {@link FeatureEncoder#maxStateBytes()}. Not thread-safe.
 */
public final class EncoderState {
  static final byte VERSION = 1;
  static final int HEADER_BYTES = 1 + 4 + 4 + 8 + 8;

  private final StateLayout layout;
  private final ValueRing[] values;
  private final RowRing rows;
  private int remembered;
  private long time;
  private long newestTime;

  EncoderState(StateLayout layout) {
    this.layout = layout;
    values = layout.newRings();
    rows = new RowRing(layout.earlierRows(), layout.width());
  }

  boolean isOf(StateLayout other) {
    return layout == other;
  }

  /** Whether there is no earlier record. */
  boolean isEmpty() {
    return remembered == 0;
  }

  /** When the previous record was; undefined if there is none. */
  long time() {
    return time;
  }

  /** The newest time of all records so far; undefined if there is none. */
  long newestTime() {
    return newestTime;
  }

  ValueRing values(int ring) {
    return values[ring];
  }

  RowRing rows() {
    return rows;
  }

  /** Counts a record whose values and row have been added. */
  void advance(long recordTime) {
    newestTime = remembered == 0 ? recordTime : Math.max(newestTime, recordTime);
    time = recordTime;
    remembered = Math.min(remembered + 1, layout.longest());
  }

  /** Forgets everything, as if no record of the key had come. */
  void clear() {
    remembered = 0;
    rows.clear();
    for (ValueRing ring : values) {
      ring.clear();
    }
  }

  /** The state in its format, to be read by {@link FeatureEncoder#restore}. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(layout.bytes(remembered));
    out.put(VERSION).putInt(layout.fingerprint()).putInt(remembered);
    out.putLong(remembered == 0 ? 0 : time).putLong(remembered == 0 ? 0 : newestTime);
    for (ValueRing ring : values) {
      for (int back = ring.size(); back > 0; back--) {
        out.putDouble(ring.value(back));
      }
    }
    float[] row = new float[layout.width()];
    for (int back = rows.size(); back > 0; back--) {
      rows.copy(back, row, 0);
      for (float value : row) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  /** The newest time of all records of a state in its format; empty if it has none or is none. */
  public static OptionalLong newestTime(byte[] bytes) {
    if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
      return OptionalLong.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return in.getInt(1 + Integer.BYTES) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(in.getLong(HEADER_BYTES - Long.BYTES));
  }

  static EncoderState read(StateLayout layout, byte[] bytes) throws InvalidStateException {
    if (bytes == null || bytes.length < HEADER_BYTES) {
      throw new InvalidStateException("it has no header");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw new InvalidStateException(
          "it is of version " + version + ", and this Weir reads version " + VERSION);
    }
    if (in.getInt() != layout.fingerprint()) {
      throw new InvalidStateException("it is of a model with other features or another window");
    }
    EncoderState state = new EncoderState(layout);
    int remembered = in.getInt();
    if (remembered < 0 || remembered > layout.longest()) {
      throw new InvalidStateException("it has " + remembered + " rows");
    }
    if (bytes.length != layout.bytes(remembered)) {
      throw new InvalidStateException(
          "it has " + bytes.length + " bytes where " + layout.bytes(remembered) + " are due");
    }
    try {
      state.fill(in, remembered);
    } catch (BufferUnderflowException e) {
      throw new IllegalStateException("the layout's sizes do not add up", e);
    }
    return state;
  }

  private void fill(ByteBuffer in, int count) throws InvalidStateException {
    remembered = count;
    time = in.getLong();
    newestTime = in.getLong();
    if (newestTime < time) {
      throw new InvalidStateException("its newest time is before its last");
    }
    for (ValueRing ring : values) {
      for (int left = Math.min(count, ring.capacity()); left > 0; left--) {
        double value = in.getDouble();
        if (Float.isInfinite((float) value)) {
          throw new InvalidStateException("a value in it is not finite");
        }
        ring.add(value);
      }
    }
    float[] row = new float[layout.width()];
    for (int left = Math.min(count, layout.earlierRows()); left > 0; left--) {
      for (int column = 0; column < row.length; column++) {
        row[column] = in.getFloat();
        if (Float.isInfinite(row[column])) {
          throw new InvalidStateException("a value in it is not finite");
        }
      }
      rows.add(row, 0);
    }
  }
}
