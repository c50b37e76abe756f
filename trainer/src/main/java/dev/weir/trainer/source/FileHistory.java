package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Transform;
import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.data.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads history from files. A row that cannot be encoded ends the reading: files can be mended. A
 * row that has no value at all says nothing; it is left out and counted.
 */
final class FileHistory {
  private static final String NO_KEY = "";

  private final FileTable table;
  private final FileSourceConfig config;
  private final ExcludedPeriods periods;
  private final HistoryCollector collector;
  private final List<String> columns = new ArrayList<>();
  private long oldest = Long.MAX_VALUE;
  private long rejected;
  private long firstRejected;

  private FileHistory(
      FileTable table, FileSourceConfig config, SelectedFeatures selected, ReadingPlan plan) {
    this.table = table;
    this.config = config;
    periods = new ExcludedPeriods(config.exclude());
    collector = new HistoryCollector(selected, config, plan, periods);
    collector.fields().stream().map(FieldPath::toString).forEach(columns::add);
  }

  static History read(FileSourceConfig config, FeatureSelection selection, ReadingPlan plan) {
    try (FileTable table = FileTable.open(config)) {
      if (table.isEmpty()) {
        throw new InvalidInputException(
            table.origin()
                + (config instanceof CsvSourceConfig
                    ? " has a header, but no rows"
                    : " has no rows")
                + "; check source.files");
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
      return new FileHistory(table, config, selected, plan).read();
    }
  }

  private static void refuseRatesWithoutTime(FileSourceConfig config, SelectedFeatures selected) {
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
    Optional<String> time = Optional.ofNullable(config.timeColumn());
    int timeSlot = time.map(this::slot).orElse(-1);
    int keySlot = Optional.ofNullable(config.keyColumn()).map(this::slot).orElse(-1);
    table.read(columns, time, (number, values) -> add(number, values, timeSlot, keySlot));
    if (collector.count() == 0 && periods.leftOut() > 0) {
      throw new InvalidInputException(
          "all rows of " + table.origin() + " with a value lie in the periods of source.exclude");
    }
    List<String> notes = new ArrayList<>();
    if (rejected > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "rows without any value were left out: %,d; the first one: %s",
              rejected,
              table.place(firstRejected)));
    }
    return collector.history(
        rejected, notes, table.origin(), time.isPresent() && table.areMoments(time.get(), oldest));
  }

  /** Where a column is among those that are read; it becomes one of them if it was none. */
  private int slot(String column) {
    if (!columns.contains(column)) {
      columns.add(column);
    }
    return columns.indexOf(column);
  }

  private void add(long number, FieldValues values, int timeSlot, int keySlot) {
    long time = timeSlot < 0 ? collector.count() : (long) Math.floor(values.number(timeSlot));
    if (periods.leavesOut(time)) {
      return;
    }
    String key = keySlot < 0 ? NO_KEY : Vocabulary.text(values, keySlot);
    try {
      collector.add(values, time, key == null ? NO_KEY : key);
      oldest = Math.min(oldest, time);
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
