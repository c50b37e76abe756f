package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.SpreadCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads history from CSV files. A row that cannot be encoded ends the reading: files can be mended.
 * A row that has no value at all says nothing; it is left out and counted.
 */
final class CsvHistory {
  private CsvHistory() {}

  static History read(CsvSourceConfig config, FeatureSelection selection) {
    try (CsvTable table = CsvTable.open(config.files())) {
      if (table.isEmpty()) {
        throw new InvalidInputException(
            table.origin() + " has a header, but no rows; check source.files");
      }
      List<Column> columns =
          table.columns().stream().filter(c -> !c.name().equals(config.timeColumn())).toList();
      Collector collector =
          new Collector(table, FeatureSelector.select(selection, columns, table.origin()));
      table.read(collector.spec.names(), Optional.ofNullable(config.timeColumn()), collector::add);
      return collector.history();
    }
  }

  /** Encodes rows as they come. */
  private static final class Collector {
    private final CsvTable table;
    private final FeatureSpec spec;
    private final List<String> notes;
    private final FeatureEncoder encoder;
    private final SpreadCollector spreads;
    private final float[] row;
    private final RowsBuilder rows;
    private long rejected;
    private long firstRejected;

    Collector(CsvTable table, SelectedFeatures selected) {
      this.table = table;
      spec = selected.spec();
      notes = new ArrayList<>(selected.notes());
      encoder = new FeatureEncoder(spec);
      spreads = new SpreadCollector(spec.width());
      row = new float[spec.width()];
      rows = new RowsBuilder(spec.width());
    }

    void add(long number, FieldValues values) {
      try {
        encoder.encode(values, row, 0);
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
      rows.add(row, rows.count(), 0);
      spreads.add(values);
    }

    History history() {
      if (rejected > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "rows without any value were left out: %,d; the first one: %s",
                rejected,
                table.place(firstRejected)));
      }
      return new History(spec, rows.build(), spreads.spreads(), rejected, notes, table.origin());
    }
  }
}
