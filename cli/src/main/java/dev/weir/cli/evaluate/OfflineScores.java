package dev.weir.cli.evaluate;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.LoadedModel;
import dev.weir.scorer.inference.ScoredBatch;
import dev.weir.trainer.source.CsvTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file's rows, scored as the scorer would score them.
 *
 * @param scores float32 {@code [n]}
 * @param labels which rows are anomalous, {@code [n]}; empty if nobody says
 * @param leftOut rows without any value, which the scorer would send to the dead-letter topic
 * @param firstFeature the first feature's values {@code [n]}, from which a window is estimated
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the evaluation, never changed
public record OfflineScores(
    float[] scores, Optional<boolean[]> labels, int leftOut, float[] firstFeature) {
  private static final int ROWS_AT_ONCE = 512;

  /**
   * Scores a file.
   *
   * @param label the column of labels, if there is one
   * @throws InvalidInputException if the file lacks a column or has a row that cannot be encoded
   */
  public static OfflineScores of(Bundle bundle, String file, Optional<String> label) {
    FeatureSpec features = bundle.manifest().features();
    List<String> columns = new ArrayList<>(features.names());
    label.ifPresent(columns::add);
    try (LoadedModel loaded = LoadedModel.load(bundle);
        AnomalyModel model = loaded.newScorer();
        CsvTable table = CsvTable.open(List.of(file))) {
      Collector collector = new Collector(model, features, file, label);
      table.read(columns, Optional.empty(), collector::row);
      return collector.finish();
    }
  }

  /** Encodes rows as they are read, and scores them in batches. */
  private static final class Collector {
    private final AnomalyModel model;
    private final FeatureEncoder encoder;
    private final String file;
    private final Optional<String> label;
    private final FeatureBatch batch;
    private final float[] row;
    private float[] scores = new float[1024];
    private float[] firstFeature = new float[1024];
    private boolean[] labels = new boolean[1024];
    private int rows;
    private int leftOut;
    private int scored;

    Collector(AnomalyModel model, FeatureSpec features, String file, Optional<String> label) {
      this.model = model;
      this.file = file;
      this.label = label;
      encoder = new FeatureEncoder(features);
      batch = new FeatureBatch(ROWS_AT_ONCE, features.width());
      row = new float[features.width()];
    }

    void row(long number, FieldValues values) {
      try {
        encoder.encode(values, row, 0);
      } catch (RejectedRecordException e) {
        if (e.reason() == RejectReason.NO_VALUE) {
          leftOut++;
          return;
        }
        throw new InvalidInputException(
            file + ", row " + number + " after the header: " + e.getMessage(), e);
      }
      if (rows == scores.length) {
        scores = Arrays.copyOf(scores, rows * 2);
        firstFeature = Arrays.copyOf(firstFeature, rows * 2);
        labels = Arrays.copyOf(labels, rows * 2);
      }
      firstFeature[rows] = row[0];
      labels[rows] = label.isPresent() && label(number, values);
      rows++;
      batch.add(row);
      if (batch.isFull()) {
        score();
      }
    }

    private boolean label(long number, FieldValues values) {
      int slot = row.length;
      double value = values.number(slot);
      if (values.kind(slot) != FieldKind.NUMBER || (value != 0 && value != 1)) {
        throw new InvalidInputException(
            file
                + ", row "
                + number
                + " after the header: the label column '"
                + label.orElseThrow()
                + "' must be 0 or 1 in every row");
      }
      return value == 1;
    }

    private void score() {
      if (batch.isEmpty()) {
        return;
      }
      try (ScoredBatch result = model.score(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          scores[scored++] = result.score(i);
        }
      }
      batch.clear();
    }

    OfflineScores finish() {
      score();
      if (rows == 0) {
        throw new InvalidInputException(file + " has a header, but no rows to score");
      }
      return new OfflineScores(
          Arrays.copyOf(scores, rows),
          label.map(unused -> Arrays.copyOf(labels, rows)),
          leftOut,
          Arrays.copyOf(firstFeature, rows));
    }
  }
}
