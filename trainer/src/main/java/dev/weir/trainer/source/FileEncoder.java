package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes a file's rows by features that are known already, each after the earlier ones of its key,
 * as the scorer encodes records. Not thread-safe; for one file.
 */
public final class FileEncoder {
  private static final String NO_KEY = "";

  private final FileTable table;
  private final RowColumns named;
  private final FeatureEncoder encoder;
  private final List<String> columns = new ArrayList<>();
  private final int labelSlot;
  private final int keySlot;
  private final int timeSlot;
  private final Map<String, Integer> keys = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<EncoderState> states = new ArrayList<>();
  private final float[] window;
  private int rows;
  private int leftOut;

  /**
   * Prepares the reading.
   *
   * @param window how many consecutive rows of a key are wanted together, from 1
   * @param maxGap after a longer time without a row of a key, its earlier ones are forgotten
   */
  public FileEncoder(
      FileTable table, RowColumns named, FeatureSpec spec, int window, Optional<Duration> maxGap) {
    this.table = table;
    this.named = named;
    encoder = new FeatureEncoder(spec, window, maxGap);
    this.window = new float[window * spec.width()];
    spec.fields().stream().map(FieldPath::toString).forEach(columns::add);
    labelSlot = slot(named.label());
    keySlot = slot(named.key());
    timeSlot = slot(named.time());
  }

  /** Where a column is among those that are read; it becomes one of them if it was none. */
  private int slot(Optional<String> column) {
    column.filter(name -> !columns.contains(name)).ifPresent(columns::add);
    return column.map(columns::indexOf).orElse(-1);
  }

  /**
   * Reads all rows, in the order of time.
   *
   * @throws InvalidInputException if the file lacks a column, or has a row that cannot be encoded
   *     or whose label is neither 0 nor 1
   */
  public void read(RowHandler handler) {
    table.read(columns, named.time(), (number, values) -> row(number, values, handler));
  }

  /** How many rows were left out because none of their features has a value. */
  public int leftOut() {
    return leftOut;
  }

  private void row(long number, FieldValues values, RowHandler handler) {
    boolean label = labelSlot >= 0 && label(number, values);
    int key = key(values);
    long time = timeSlot < 0 ? rows : (long) Math.floor(values.number(timeSlot));
    try {
      boolean full = encode(values, time, key);
      rows++;
      handler.row(new EncodedRow(number, time, key, label, full), window);
    } catch (RejectedRecordException e) {
      if (e.reason() == RejectReason.NO_VALUE) {
        leftOut++;
        return;
      }
      throw new InvalidInputException(table.place(number) + ": " + e.getMessage(), e);
    }
  }

  /** What the keys are called, by their numbers; empty if there is one only, that nobody gave. */
  List<String> keys() {
    return KeyNames.of(names);
  }

  private int key(FieldValues values) {
    String key = keySlot < 0 ? NO_KEY : Vocabulary.text(values, keySlot);
    return keys.computeIfAbsent(key == null ? NO_KEY : key, this::newKey);
  }

  private int newKey(String key) {
    if (encoder.needsState()) {
      states.add(encoder.newState());
    }
    names.add(key);
    return names.size() - 1;
  }

  /** Whether the row has all the rows before it that are wanted. */
  private boolean encode(FieldValues values, long time, int key) throws RejectedRecordException {
    if (!encoder.needsState()) {
      encoder.encode(values, window, 0);
      return true;
    }
    return encoder.encodeWindow(values, time, states.get(key), window, 0);
  }

  private boolean label(long number, FieldValues values) {
    double value = values.number(labelSlot);
    FieldKind kind = values.kind(labelSlot);
    boolean single = kind == FieldKind.NUMBER || kind == FieldKind.BOOLEAN;
    if (!single || (value != 0 && value != 1)) {
      throw new InvalidInputException(
          table.place(number)
              + ": the label column '"
              + named.label().orElseThrow()
              + "' must be 0 or 1 in every row");
    }
    return value == 1;
  }

  /**
   * What is known of an encoded row besides its values.
   *
   * @param number of the row, from 1, as the rows stand in the files
   * @param time in milliseconds; without a time column its place among the rows, from 0
   * @param key a number of its key, from 0
   * @param anomalous what its label says; false if there is none
   * @param full whether its key has had as many rows as are wanted together
   */
  public record EncodedRow(long number, long time, int key, boolean anomalous, boolean full) {}

  /** Takes one encoded row. */
  @FunctionalInterface
  public interface RowHandler {
    /**
     * Takes one row that has a value.
     *
     * @param window the row with those of its key before it, float32 {@code [w, d]}, newest last;
     *     valid until the method returns. NaN stands for rows that have not come
     */
    void row(EncodedRow row, float[] window);
  }
}
