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
  private final FieldKind[] kinds;
  private final double[] numbers;
  private final String[] texts;

  public FieldValues(int slots) {
    kinds = new FieldKind[slots];
    numbers = new double[slots];
    texts = new String[slots];
    clear();
  }

  public int slots() {
    return kinds.length;
  }

  /** Marks every slot as absent. */
  public void clear() {
    Arrays.fill(kinds, FieldKind.ABSENT);
    Arrays.fill(texts, null);
  }

  public void setAbsent(int slot) {
    kinds[slot] = FieldKind.ABSENT;
  }

  public void setNull(int slot) {
    kinds[slot] = FieldKind.NULL;
  }

  public void setNumber(int slot, double value) {
    kinds[slot] = FieldKind.NUMBER;
    numbers[slot] = value;
  }

  public void setBoolean(int slot, boolean value) {
    kinds[slot] = FieldKind.BOOLEAN;
    numbers[slot] = value ? 1 : 0;
  }

  public void setText(int slot, String value) {
    kinds[slot] = FieldKind.TEXT;
    texts[slot] = value;
  }

  public void setNested(int slot) {
    kinds[slot] = FieldKind.NESTED;
  }

  public FieldKind kind(int slot) {
    return kinds[slot];
  }

  /** The number in the slot; 1 or 0 for a boolean; undefined for any other kind. */
  public double number(int slot) {
    return numbers[slot];
  }

  /** The text in the slot, or null for any other kind. */
  public String text(int slot) {
    return kinds[slot] == FieldKind.TEXT ? texts[slot] : null;
  }
}
