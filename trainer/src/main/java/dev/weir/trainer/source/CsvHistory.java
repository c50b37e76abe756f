package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.RowsBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Reads history from CSV files. A row that cannot be encoded ends the reading: files can be mended.
 */
final class CsvHistory {
  private CsvHistory() {}

  static History read(CsvSourceConfig config, FeatureSelection selection) {
    try (CsvTable table = CsvTable.open(config.files())) {
      if (table.isEmpty()) {
        throw new InvalidInputException(
            table.origin() + " has a header, but no rows; check source.files");
      }
      Optional<String> time = Optional.ofNullable(config.timeColumn());
      List<Column> columns =
          table.columns().stream().filter(c -> !c.name().equals(config.timeColumn())).toList();
      FeatureSpec spec = FeatureSelector.select(selection, columns, table.origin());
      return new History(spec, read(table, spec, time).build(), 0, table.origin());
    }
  }

  private static RowsBuilder read(CsvTable table, FeatureSpec spec, Optional<String> time) {
    FeatureEncoder encoder = new FeatureEncoder(spec);
    RowsBuilder rows = new RowsBuilder(spec.width());
    float[] row = new float[spec.width()];
    table.read(
        spec.names(),
        time,
        (number, values) -> {
          try {
            encoder.encode(values, row, 0);
          } catch (RejectedRecordException e) {
            throw new InvalidInputException(
                table.place(number)
                    + ": "
                    + e.getMessage()
                    + "; mend the row, or leave the column out with features.exclude",
                e);
          }
          rows.add(row, rows.count());
        });
    return rows;
  }
}
