package dev.weir.benchmarks.data;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.source.Column;
import dev.weir.trainer.source.FileTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A file of a data set in memory: its numbers, and what its publishers say of each row.
 *
 * @param rows the features as they stand in the file, float32 {@code [n, d]}
 * @param labels whether a row is anomalous, {@code [n]}; all false in a file without labels
 * @param times when each row happened, in UTC; empty in a file without timestamps
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never changed
public record LabelledTable(Rows rows, boolean[] labels, List<LocalDateTime> times) {
  private static final String LABEL = "label";
  private static final String TIME = "timestamp";

  public LabelledTable {
    times = List.copyOf(times);
  }

  /**
   * Reads a CSV file, plain or gzipped. Every column but {@code timestamp} and {@code label} is a
   * feature.
   *
   * @throws InvalidInputException if the file is not there or a feature is not a number
   */
  public static LabelledTable read(Path file) {
    try (FileTable table = FileTable.openCsv(List.of(file.toString()))) {
      List<String> names = table.columns().stream().map(Column::name).toList();
      List<String> features =
          names.stream().filter(name -> !name.equals(LABEL) && !name.equals(TIME)).toList();
      Reader reader = new Reader(file, features, names.contains(LABEL), names.contains(TIME));
      table.read(reader.wanted, Optional.empty(), reader::add);
      return new LabelledTable(reader.rows.build().rows(), reader.labels(), reader.times);
    }
  }

  /** How many rows are labelled anomalous. */
  public int anomalies() {
    int anomalies = 0;
    for (boolean label : labels) {
      anomalies += label ? 1 : 0;
    }
    return anomalies;
  }

  private static final class Reader {
    private final Path file;
    private final List<String> wanted;
    private final int labelSlot;
    private final int timeSlot;
    private final float[] row;
    private final RowsBuilder rows;
    private final BitSet labels = new BitSet();
    private final List<LocalDateTime> times = new ArrayList<>();

    Reader(Path file, List<String> features, boolean labelled, boolean timed) {
      this.file = file;
      wanted = new ArrayList<>(features);
      labelSlot = labelled ? add(LABEL) : -1;
      timeSlot = timed ? add(TIME) : -1;
      row = new float[features.size()];
      rows = new RowsBuilder(features.size());
    }

    private int add(String name) {
      wanted.add(name);
      return wanted.size() - 1;
    }

    void add(long number, FieldValues values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = number(values, i, number);
      }
      if (labelSlot >= 0 && number(values, labelSlot, number) != 0) {
        labels.set(rows.count());
      }
      if (timeSlot >= 0) {
        times.add(time(values, number));
      }
      rows.add(row, rows.count(), 0);
    }

    /** Moments come in milliseconds. */
    private LocalDateTime time(FieldValues values, long number) {
      if (values.kind(timeSlot) != FieldKind.NUMBER) {
        throw new InvalidInputException(
            file + ", row " + number + ": '" + TIME + "' is not a moment");
      }
      return LocalDateTime.ofInstant(
          Instant.ofEpochMilli(Math.round(values.number(timeSlot))), ZoneOffset.UTC);
    }

    private float number(FieldValues values, int slot, long number) {
      if (values.kind(slot) == FieldKind.NULL) {
        return Float.NaN;
      }
      if (values.kind(slot) != FieldKind.NUMBER) {
        throw new InvalidInputException(
            file
                + ", row "
                + number
                + ": '"
                + wanted.get(slot)
                + "' is not a number, as every column but '"
                + TIME
                + "' has to be");
      }
      return (float) values.number(slot);
    }

    boolean[] labels() {
      boolean[] flags = new boolean[rows.count()];
      labels.stream().forEach(i -> flags[i] = true);
      return flags;
    }
  }
}
