package dev.weir.model.record;

import java.util.Arrays;

/**
 * The values of one record at the fields that somebody asked for, by slot.
 *
 * <p>Slot {@code i} belongs to the {@code i}-th path given to the {@link RecordReader}. An instance
 * is filled again and again, so that reading a record allocates nothing for its numbers. Not
 * thread-safe.
 */
public final class FieldValues {
  // Bytes, not references: every write of a reference costs the garbage collector's barrier.
  private static final byte ABSENT = 0;
  private static final byte NULL = 1;
  private static final byte NUMBER = 2;
  private static final byte BOOLEAN = 3;
  private static final byte TEXT = 4;
  private static final byte NESTED = 5;
  private static final FieldKind[] KINDS = {
    FieldKind.ABSENT,
    FieldKind.NULL,
    FieldKind.NUMBER,
    FieldKind.BOOLEAN,
    FieldKind.TEXT,
    FieldKind.NESTED
  };

  private final byte[] kinds;
  private final double[] numbers;
  private final String[] texts;
  private boolean hasTexts;

  public FieldValues(int slots) {
    kinds = new byte[slots];
    numbers = new double[slots];
    texts = new String[slots];
    Arrays.fill(kinds, ABSENT);
  }

  public int slots() {
    return kinds.length;
  }

  /** Marks every slot as absent. */
  public void clear() {
    Arrays.fill(kinds, ABSENT);
    if (hasTexts) {
      Arrays.fill(texts, null);
      hasTexts = false;
    }
  }

  public void setAbsent(int slot) {
    kinds[slot] = ABSENT;
  }

  public void setNull(int slot) {
    kinds[slot] = NULL;
  }

  public void setNumber(int slot, double value) {
    kinds[slot] = NUMBER;
    numbers[slot] = value;
  }

  public void setBoolean(int slot, boolean value) {
    kinds[slot] = BOOLEAN;
    numbers[slot] = value ? 1 : 0;
  }

  public void setText(int slot, String value) {
    kinds[slot] = TEXT;
    texts[slot] = value;
    hasTexts = true;
  }

  public void setNested(int slot) {
    kinds[slot] = NESTED;
  }

  /** Makes a slot hold what another one holds. */
  public void copy(int from, int to) {
    kinds[to] = kinds[from];
    numbers[to] = numbers[from];
    if (kinds[from] == TEXT) {
      texts[to] = texts[from];
    }
  }

  public FieldKind kind(int slot) {
    return KINDS[kinds[slot]];
  }

  /** The number in the slot; 1 or 0 for a boolean; undefined for any other kind. */
  public double number(int slot) {
    return numbers[slot];
  }

  /** The text in the slot, or null for any other kind. */
  public String text(int slot) {
    return kinds[slot] == TEXT ? texts[slot] : null;
  }
}
