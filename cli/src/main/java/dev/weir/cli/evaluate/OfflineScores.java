package dev.weir.cli.evaluate;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Transform;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.LoadedModel;
import dev.weir.scorer.inference.ScoredBatch;
import dev.weir.trainer.source.FileEncoder;
import dev.weir.trainer.source.FileTable;
import dev.weir.trainer.source.RowColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file's rows, scored as the scorer would score them, each after the earlier ones of its key.
 *
 * @param rows their numbers after the header, from 1, in the order of time {@code [n]}
 * @param scores float32 {@code [n]}, of the rows that have one
 * @param labels which of them are anomalous, {@code [n]}; empty if nobody says
 * @param leftOut rows without any value, which the scorer would send to the dead-letter topic
 * @param warmingUp rows before a key's window was full, which have no score
 * @param firstFeature the first feature's values {@code [n]}, from which a window is estimated
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the evaluation, never changed
public record OfflineScores(
    long[] rows,
    float[] scores,
    Optional<boolean[]> labels,
    int leftOut,
    int warmingUp,
    float[] firstFeature) {
  private static final int ROWS_AT_ONCE = 512;

  /**
   * Scores a file.
   *
   * @throws InvalidInputException if the file lacks a column, has a row that cannot be encoded or
   *     none to score, or if the model needs times and the file's are not named
   */
  public static OfflineScores of(Bundle bundle, EvaluationData data) {
    refuseWithoutTime(bundle.manifest(), data);
    try (LoadedModel loaded = LoadedModel.load(bundle);
        AnomalyModel model = loaded.newScorer();
        FileTable table = FileTable.openNamed(List.of(data.file()))) {
      FileEncoder encoder =
          new FileEncoder(
              table,
              new RowColumns(data.label(), data.key(), data.time()),
              bundle.manifest().features(),
              bundle.manifest().window(),
              bundle.manifest().maxGap());
      Collector collector = new Collector(model, data);
      encoder.read(collector::row);
      return collector.finish(encoder.leftOut());
    }
  }

  private static void refuseWithoutTime(Manifest manifest, EvaluationData data) {
    if (data.time().isPresent()) {
      return;
    }
    boolean looksBack = manifest.window() > 1 || manifest.features().isStateful();
    manifest.features().features().stream()
        .filter(feature -> feature.transform() == Transform.RATE)
        .findFirst()
        .map(feature -> "feature '" + feature.name() + "' is a rate per second")
        .or(
            () ->
                manifest
                    .maxGap()
                    .filter(gap -> looksBack)
                    .map(gap -> "rows begin anew after a gap (maxGap, " + gap.toSeconds() + " s)"))
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  "the model's "
                      + reason
                      + "; name the column that says when a row happened with --time");
            });
  }

  /** Some of the rows, by their indices, ascending. */
  public OfflineScores pick(int[] indices) {
    long[] pickedRows = new long[indices.length];
    float[] pickedScores = new float[indices.length];
    boolean[] pickedLabels = new boolean[indices.length];
    float[] pickedFeature = new float[indices.length];
    for (int i = 0; i < indices.length; i++) {
      pickedRows[i] = rows[indices[i]];
      pickedScores[i] = scores[indices[i]];
      pickedLabels[i] = labels.isPresent() && labels.get()[indices[i]];
      pickedFeature[i] = firstFeature[indices[i]];
    }
    return new OfflineScores(
        pickedRows,
        pickedScores,
        labels.map(unused -> pickedLabels),
        leftOut,
        warmingUp,
        pickedFeature);
  }

  /** Scores rows in batches as they are read. */
  private static final class Collector {
    private final AnomalyModel model;
    private final EvaluationData data;
    private final FeatureBatch batch;
    private final int newest;
    private long[] numbers = new long[1024];
    private float[] scores = new float[1024];
    private float[] firstFeature = new float[1024];
    private boolean[] labels = new boolean[1024];
    private int rows;
    private int warmingUp;
    private int scored;

    Collector(AnomalyModel model, EvaluationData data) {
      this.model = model;
      this.data = data;
      Manifest manifest = model.manifest();
      int width = manifest.features().width();
      batch = new FeatureBatch(ROWS_AT_ONCE, manifest.window(), width);
      newest = (manifest.window() - 1) * width;
    }

    void row(FileEncoder.EncodedRow row, float[] window) {
      if (!row.full()) {
        warmingUp++;
        return;
      }
      if (rows == scores.length) {
        numbers = Arrays.copyOf(numbers, rows * 2);
        scores = Arrays.copyOf(scores, rows * 2);
        firstFeature = Arrays.copyOf(firstFeature, rows * 2);
        labels = Arrays.copyOf(labels, rows * 2);
      }
      numbers[rows] = row.number();
      firstFeature[rows] = window[newest];
      labels[rows] = row.anomalous();
      rows++;
      batch.add(window);
      if (batch.isFull()) {
        score();
      }
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

    OfflineScores finish(int leftOut) {
      score();
      if (rows == 0 && warmingUp > 0) {
        throw new InvalidInputException(
            data.file()
                + " has no key with "
                + model.manifest().window()
                + " rows, which the model looks at together; is --key right?");
      }
      if (rows == 0) {
        throw new InvalidInputException(data.file() + " has no rows to score");
      }
      return new OfflineScores(
          Arrays.copyOf(numbers, rows),
          Arrays.copyOf(scores, rows),
          data.label().map(unused -> Arrays.copyOf(labels, rows)),
          leftOut,
          warmingUp,
          Arrays.copyOf(firstFeature, rows));
    }
  }
}
