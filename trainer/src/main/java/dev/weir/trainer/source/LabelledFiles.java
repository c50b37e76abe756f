package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
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
  private final ReadingPlan plan;
  private final RowsBuilder rows;
  private final BitSet anomalous = new BitSet();
  private long oldest = Long.MAX_VALUE;

  private LabelledFiles(FileTable table, RowColumns columns, FeatureSpec spec, ReadingPlan plan) {
    this.table = table;
    this.columns = columns;
    this.spec = spec;
    this.plan = plan;
    rows = new RowsBuilder(spec.width());
  }

  /** See {@link Histories#readLabelled}. */
  static LabelledHistory read(
      LabelledConfig config, SourceConfig source, FeatureSpec spec, ReadingPlan plan) {
    refuseLabelAmongFeatures(config.column(), spec);
    try (FileTable table = FileTable.openNamed(config.files())) {
      refuseFileWithoutLabels(config.column(), table);
      RowColumns columns = RowColumns.of(config, source, table);
      refuseWithoutTime(columns, spec, plan, table);
      return new LabelledFiles(table, columns, spec, plan).read();
    }
  }

  private LabelledHistory read() {
    FileEncoder encoder = new FileEncoder(table, columns, spec, 1, plan.maxGap());
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
            rows.build(plan.maxGap()),
            List.of(),
            encoder.leftOut(),
            List.of(),
            table.origin(),
            encoder.keys(),
            timed);
    int window = plan.window();
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

  private static void refuseWithoutTime(
      RowColumns columns, FeatureSpec spec, ReadingPlan plan, FileTable table) {
    if (columns.time().isPresent()) {
      return;
    }
    boolean looksBack = plan.window() > 1 || spec.isStateful();
    spec.features().stream()
        .filter(feature -> feature.transform() == Transform.RATE)
        .findFirst()
        .map(feature -> "feature '" + feature.name() + "' is a rate per second")
        .or(() -> plan.maxGap().filter(gap -> looksBack).map(gap -> "features.maxGap is set"))
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  reason
                      + "; say in labelled.timeColumn which column of "
                      + table.origin()
                      + " says when a row happened");
            });
  }
}
