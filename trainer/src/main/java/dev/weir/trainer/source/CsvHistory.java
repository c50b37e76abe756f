package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.Transform;
import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.LabelledConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads history from CSV files. A row that cannot be encoded ends the reading: files can be mended.
 * A row that has no value at all says nothing; it is left out and counted.
 */
final class CsvHistory {
  private static final String NO_KEY = "";

  /** Numbers in a time column are moments if they are so large; otherwise they only order rows. */
  private static final long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private final CsvTable table;
  private final Optional<String> time;
  private final Optional<String> key;
  private final Optional<String> label;
  private final HistoryCollector collector;
  private final BitSet labels = new BitSet();
  private final List<String> columns = new ArrayList<>();
  private long oldest = Long.MAX_VALUE;
  private long rejected;
  private long firstRejected;

  private CsvHistory(
      CsvTable table, String time, String key, Optional<String> label, HistoryCollector collector) {
    this.table = table;
    this.time = Optional.ofNullable(time);
    this.key = Optional.ofNullable(key);
    this.label = label;
    this.collector = collector;
    collector.fields().stream().map(FieldPath::toString).forEach(columns::add);
  }

  static History read(CsvSourceConfig config, FeatureSelection selection) {
    try (CsvTable table = CsvTable.open(config.files())) {
      if (table.isEmpty()) {
        throw new InvalidInputException(
            table.origin() + " has a header, but no rows; check source.files");
      }
      List<String> reserved =
          Stream.of(config.timeColumn(), config.keyColumn()).filter(Objects::nonNull).toList();
      List<Column> columns =
          table.columns().stream()
              .filter(c -> !reserved.contains(c.name()) || selection.include().contains(c.name()))
              .toList();
      SelectedFeatures selected =
          FeatureSelector.select(selection, columns, reserved, table.origin());
      refuseRatesWithoutTime(config, selected);
      return new CsvHistory(
              table,
              config.timeColumn(),
              config.keyColumn(),
              Optional.empty(),
              new HistoryCollector(selected))
          .read();
    }
  }

  /**
   * Reads files with labels as a model's features.
   *
   * @throws InvalidInputException if they lack a column, have no usable row, or a label is neither
   *     0 nor 1
   */
  static LabelledHistory readLabelled(LabelledConfig config, FeatureSpec features) {
    try (CsvTable table = CsvTable.open(config.files())) {
      HistoryCollector collector =
          new HistoryCollector(new SelectedFeatures(features, Map.of(), List.of()));
      CsvHistory reader =
          new CsvHistory(
              table,
              config.timeColumn(),
              config.keyColumn(),
              Optional.of(config.column()),
              collector);
      History history = reader.read();
      if (collector.count() == 0) {
        throw new InvalidInputException(table.origin() + " has no rows to measure the model on");
      }
      boolean[] labels = new boolean[collector.count()];
      reader.labels.stream().forEach(row -> labels[row] = true);
      return new LabelledHistory(history, labels);
    }
  }

  private static void refuseRatesWithoutTime(CsvSourceConfig config, SelectedFeatures selected) {
    if (config.timeColumn() != null) {
      return;
    }
    selected.spec().features().stream()
        .filter(feature -> feature.transform() == Transform.RATE)
        .findFirst()
        .ifPresent(
            feature -> {
              throw new InvalidInputException(
                  "feature '"
                      + feature.name()
                      + "' is a rate per second, and nobody says when the rows happened; name the"
                      + " column in source.timeColumn, or take the difference");
            });
  }

  private History read() {
    int timeSlot = time.map(this::slot).orElse(-1);
    int keySlot = key.map(this::slot).orElse(-1);
    int labelSlot = label.map(this::slot).orElse(-1);
    table.read(
        columns,
        time,
        (number, values) -> {
          boolean anomalous = labelSlot >= 0 && label(number, values, labelSlot);
          int row = collector.count();
          add(number, values, timeSlot, keySlot);
          labels.set(row, anomalous && collector.count() > row);
        });
    List<String> notes = new ArrayList<>();
    if (rejected > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "rows without any value were left out: %,d; the first one: %s",
              rejected,
              table.place(firstRejected)));
    }
    return collector.history(rejected, notes, table.origin(), timed());
  }

  private boolean timed() {
    return time.isPresent() && (table.holdsMoments(time.get()) || oldest >= YEAR_2000);
  }

  private boolean label(long number, FieldValues values, int slot) {
    FieldKind kind = values.kind(slot);
    double value = values.number(slot);
    if ((kind != FieldKind.NUMBER && kind != FieldKind.BOOLEAN) || (value != 0 && value != 1)) {
      throw new InvalidInputException(
          table.place(number)
              + ": the label column '"
              + label.orElseThrow()
              + "' must be 0 or 1 in every row");
    }
    return value == 1;
  }

  /** Where a column is among those that are read; it becomes one of them if it was none. */
  private int slot(String column) {
    if (!columns.contains(column)) {
      columns.add(column);
    }
    return columns.indexOf(column);
  }

  private void add(long number, FieldValues values, int timeSlot, int keySlot) {
    String text = keySlot < 0 ? NO_KEY : Vocabulary.text(values, keySlot);
    long millis = timeSlot < 0 ? collector.count() : (long) Math.floor(values.number(timeSlot));
    try {
      collector.add(values, millis, text == null ? NO_KEY : text);
      oldest = Math.min(oldest, millis);
    } catch (RejectedRecordException e) {
      if (e.reason() == RejectReason.NO_VALUE) {
        firstRejected = rejected++ == 0 ? number : Math.min(firstRejected, number);
        return;
      }
      throw new InvalidInputException(
          table.place(number)
              + ": "
              + e.getMessage()
              + "; mend the row, or leave the column out with features.exclude",
          e);
    }
  }
}
