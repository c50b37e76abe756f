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
  private final List<EncoderState> states = new ArrayList<>();
  private final float[] window;
  private int leftOut;

  /**
   * Prepares the reading.
   *
   * @param window how many consecutive rows of a key are wanted together, from 1
   */
  public FileEncoder(FileTable table, RowColumns named, FeatureSpec spec, int window) {
    this.table = table;
    this.named = named;
    encoder = new FeatureEncoder(spec, window, Optional.empty());
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
    try {
      boolean full = encode(values, key);
      handler.row(window, full, key, label);
    } catch (RejectedRecordException e) {
      if (e.reason() == RejectReason.NO_VALUE) {
        leftOut++;
        return;
      }
      throw new InvalidInputException(table.place(number) + ": " + e.getMessage(), e);
    }
  }

  private int key(FieldValues values) {
    String key = keySlot < 0 ? NO_KEY : Vocabulary.text(values, keySlot);
    return keys.computeIfAbsent(key == null ? NO_KEY : key, unused -> newKey());
  }

  private int newKey() {
    if (encoder.needsState()) {
      states.add(encoder.newState());
    }
    return keys.size();
  }

  /** Whether the row has all the rows before it that are wanted. */
  private boolean encode(FieldValues values, int key) throws RejectedRecordException {
    if (!encoder.needsState()) {
      encoder.encode(values, window, 0);
      return true;
    }
    long time = timeSlot < 0 ? 0 : (long) Math.floor(values.number(timeSlot));
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

  /** Takes one encoded row. */
  @FunctionalInterface
  public interface RowHandler {
    /**
     * Takes one row that has a value.
     *
     * @param window the row with those of its key before it, float32 {@code [w, d]}, newest last;
     *     valid until the method returns
     * @param full whether its key has had {@code w} rows by now; NaN stands for those that have not
     *     come
     * @param key a number of its key, from 0
     * @param label whether it is anomalous; false if nobody says
     */
    void row(float[] window, boolean full, int key, boolean label);
  }
}
