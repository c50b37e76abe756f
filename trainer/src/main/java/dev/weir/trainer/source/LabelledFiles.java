package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.Transform;
import dev.weir.trainer.config.LabelledConfig;
import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.Samples;
import java.util.BitSet;
import java.util.List;

/** Reads files of which somebody says which rows are anomalous, by the features of a history. */
final class LabelledFiles {
  private final FileTable table;
  private final RowColumns columns;
  private final FeatureSpec spec;
  private final RowsBuilder rows;
  private final BitSet anomalous = new BitSet();
  private long oldest = Long.MAX_VALUE;

  private LabelledFiles(FileTable table, RowColumns columns, FeatureSpec spec) {
    this.table = table;
    this.columns = columns;
    this.spec = spec;
    rows = new RowsBuilder(spec.width());
  }

  /** See {@link Histories#readLabelled}. */
  static LabelledHistory read(
      LabelledConfig config, SourceConfig source, FeatureSpec spec, int window) {
    refuseLabelAmongFeatures(config.column(), spec);
    try (FileTable table = FileTable.openNamed(config.files())) {
      refuseFileWithoutLabels(config.column(), table);
      RowColumns columns = RowColumns.of(config, source, table);
      refuseRatesWithoutTime(columns, spec, table);
      return new LabelledFiles(table, columns, spec).read(window);
    }
  }

  private LabelledHistory read(int window) {
    FileEncoder encoder = new FileEncoder(table, columns, spec, 1);
    encoder.read(
        (row, values) -> {
          anomalous.set(rows.count(), row.anomalous());
          oldest = Math.min(oldest, row.time());
          rows.add(values, row.time(), row.key());
        });
    boolean timed = columns.time().isPresent() && table.areMoments(columns.time().get(), oldest);
    History history =
        new History(
            spec,
            rows.build(),
            List.of(),
            encoder.leftOut(),
            List.of(),
            table.origin(),
            encoder.keys(),
            timed);
    Samples samples = history.samples(window);
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
    return new LabelledHistory(history, samples, labels);
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
    if (!table.has(label)) {
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
