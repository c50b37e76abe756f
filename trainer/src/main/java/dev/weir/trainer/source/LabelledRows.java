package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.Transform;
import dev.weir.trainer.config.LabelledConfig;
import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.Samples;
import java.util.BitSet;

/**
 * Rows whose truth is known, encoded by the features of the history. Nothing is fitted on them.
 *
 * @param samples what the model sees of them; a row that is not the last of a whole window is
 *     without one
 * @param labels which of the samples are anomalous, by their newest rows, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record LabelledRows(Samples samples, boolean[] labels) {

  /**
   * Reads labelled files.
   *
   * @param source of the history, whose key and time columns theirs are unless the config says
   *     otherwise
   * @param spec the features of the history, with their vocabularies
   * @param window how many rows of a key the model looks at together
   * @throws InvalidInputException if a file lacks a column, if a row cannot be encoded or has no
   *     label, or if no row is left to score
   */
  public static LabelledRows read(
      LabelledConfig config, SourceConfig source, FeatureSpec spec, int window) {
    RowColumns columns = RowColumns.of(config, source);
    refuseLabelAmongFeatures(config.column(), spec);
    try (FileTable table = FileTable.openCsv(config.files())) {
      refuseRatesWithoutTime(columns, spec, table);
      refuseFileWithoutLabels(config.column(), table);
      RowsBuilder rows = new RowsBuilder(spec.width());
      BitSet anomalous = new BitSet();
      new FileEncoder(table, columns, spec, 1)
          .read(
              (row, full, key, label) -> {
                anomalous.set(rows.count(), label);
                rows.add(row, rows.count(), key);
              });
      LinkedRows linked = rows.build();
      Samples samples = Samples.of(linked.rows(), linked.previous(), window);
      if (samples.count() == 0) {
        throw new InvalidInputException(
            window == 1
                ? "the labelled file " + table.origin() + " has no row to score"
                : "no key of the labelled file "
                    + table.origin()
                    + " has "
                    + window
                    + " rows, which the model looks at together; is labelled.keyColumn right?");
      }
      boolean[] labels = new boolean[samples.count()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = anomalous.get(samples.row(i));
      }
      return new LabelledRows(samples, labels);
    }
  }

  /** How many samples are anomalous. */
  public int anomalies() {
    int anomalies = 0;
    for (boolean label : labels) {
      anomalies += label ? 1 : 0;
    }
    return anomalies;
  }

  private static void refuseLabelAmongFeatures(String label, FeatureSpec spec) {
    if (spec.fields().stream().anyMatch(field -> field.toString().equals(label))) {
      throw new InvalidInputException(
          "the label column '"
              + label
              + "' is a feature of the model, too, which would see the truth; leave it out with"
              + " features.exclude: ["
              + label
              + "]");
    }
  }

  private static void refuseFileWithoutLabels(String label, FileTable table) {
    if (table.columns().stream().noneMatch(column -> column.name().equals(label))) {
      throw new InvalidInputException(
          "the labelled file "
              + table.origin()
              + " has no column '"
              + label
              + "'; say which one holds 1 for anomalous rows and 0 for normal ones in"
              + " labelled.column");
    }
  }

  private static void refuseRatesWithoutTime(
      RowColumns columns, FeatureSpec spec, FileTable table) {
    if (columns.time().isPresent()) {
      return;
    }
    for (Feature feature : spec.features()) {
      if (feature.transform() == Transform.RATE) {
        throw new InvalidInputException(
            "feature '"
                + feature.name()
                + "' is a rate per second; say in labelled.timeColumn which column of "
                + table.origin()
                + " says when a row happened");
      }
    }
  }
}
