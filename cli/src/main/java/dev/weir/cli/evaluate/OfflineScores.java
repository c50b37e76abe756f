package dev.weir.cli.evaluate;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.Transform;
import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final String NO_KEY = "";

  /**
   * Scores a file.
   *
   * @throws InvalidInputException if the file lacks a column, has a row that cannot be encoded or
   *     none to score, or if the model needs times and the file's are not named
   */
  public static OfflineScores of(Bundle bundle, EvaluationData data) {
    refuseRatesWithoutTime(bundle.manifest().features(), data);
    try (LoadedModel loaded = LoadedModel.load(bundle);
        AnomalyModel model = loaded.newScorer();
        CsvTable table = CsvTable.open(List.of(data.file()))) {
      Collector collector = new Collector(model, data);
      table.read(collector.columns, data.time(), collector::row);
      return collector.finish();
    }
  }

  private static void refuseRatesWithoutTime(FeatureSpec spec, EvaluationData data) {
    if (data.time().isPresent()) {
      return;
    }
    for (Feature feature : spec.features()) {
      if (feature.transform() == Transform.RATE) {
        throw new InvalidInputException(
            "the model's feature '"
                + feature.name()
                + "' is a rate per second; name the column that says when a row happened with"
                + " --time");
      }
    }
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

  /** Encodes rows as they are read, and scores them in batches. */
  private static final class Collector {
    private final AnomalyModel model;
    private final EvaluationData data;
    private final FeatureEncoder encoder;
    private final List<String> columns = new ArrayList<>();
    private final int labelSlot;
    private final int keySlot;
    private final int timeSlot;
    private final Map<String, EncoderState> states = new HashMap<>();
    private final FeatureBatch batch;
    private final float[] window;
    private final int newest;
    private long[] numbers = new long[1024];
    private float[] scores = new float[1024];
    private float[] firstFeature = new float[1024];
    private boolean[] labels = new boolean[1024];
    private int rows;
    private int leftOut;
    private int warmingUp;
    private int scored;

    Collector(AnomalyModel model, EvaluationData data) {
      this.model = model;
      this.data = data;
      Manifest manifest = model.manifest();
      int width = manifest.features().width();
      encoder = new FeatureEncoder(manifest.features(), manifest.window(), Optional.empty());
      batch = new FeatureBatch(ROWS_AT_ONCE, manifest.window(), width);
      window = new float[manifest.window() * width];
      newest = window.length - width;
      manifest.features().fields().stream().map(FieldPath::toString).forEach(columns::add);
      labelSlot = slot(data.label());
      keySlot = slot(data.key());
      timeSlot = slot(data.time());
    }

    /** Where a column is among those that are read; it becomes one of them if it was none. */
    private int slot(Optional<String> column) {
      column.filter(name -> !columns.contains(name)).ifPresent(columns::add);
      return column.map(columns::indexOf).orElse(-1);
    }

    void row(long number, FieldValues values) {
      boolean label = labelSlot >= 0 && label(number, values);
      try {
        if (!encode(values)) {
          warmingUp++;
          return;
        }
      } catch (RejectedRecordException e) {
        if (e.reason() == RejectReason.NO_VALUE) {
          leftOut++;
          return;
        }
        throw new InvalidInputException(
            data.file() + ", row " + number + " after the header: " + e.getMessage(), e);
      }
      if (rows == scores.length) {
        numbers = Arrays.copyOf(numbers, rows * 2);
        scores = Arrays.copyOf(scores, rows * 2);
        firstFeature = Arrays.copyOf(firstFeature, rows * 2);
        labels = Arrays.copyOf(labels, rows * 2);
      }
      numbers[rows] = number;
      firstFeature[rows] = window[newest];
      labels[rows] = label;
      rows++;
      batch.add(window);
      if (batch.isFull()) {
        score();
      }
    }

    /** Whether the row has all the rows before it that the model wants to see. */
    private boolean encode(FieldValues values) throws RejectedRecordException {
      if (!encoder.needsState()) {
        encoder.encode(values, window, 0);
        return true;
      }
      String key = keySlot < 0 ? NO_KEY : Vocabulary.text(values, keySlot);
      long time = timeSlot < 0 ? 0 : (long) Math.floor(values.number(timeSlot));
      EncoderState state =
          states.computeIfAbsent(key == null ? NO_KEY : key, unused -> encoder.newState());
      return encoder.encodeWindow(values, time, state, window, 0);
    }

    private boolean label(long number, FieldValues values) {
      double value = values.number(labelSlot);
      FieldKind kind = values.kind(labelSlot);
      boolean single = kind == FieldKind.NUMBER || kind == FieldKind.BOOLEAN;
      if (!single || (value != 0 && value != 1)) {
        throw new InvalidInputException(
            data.file()
                + ", row "
                + number
                + " after the header: the label column '"
                + data.label().orElseThrow()
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
      if (rows == 0 && warmingUp > 0) {
        throw new InvalidInputException(
            data.file()
                + " has no key with "
                + encoder.window()
                + " rows, which the model looks at together; is --key right?");
      }
      if (rows == 0) {
        throw new InvalidInputException(data.file() + " has a header, but no rows to score");
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
