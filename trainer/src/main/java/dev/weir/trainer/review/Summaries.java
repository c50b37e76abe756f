package dev.weir.trainer.review;

import dev.weir.model.bundle.FeatureSummary;
import dev.weir.model.bundle.LabelledSummary;
import dev.weir.model.bundle.SearchSummary;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.model.calibration.Calibration;
import dev.weir.trainer.calibration.TailGoodness;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts together what a manifest says of its training. */
public final class Summaries {
  private Summaries() {}

  /**
   * The summary of a training.
   *
   * @param trimmed how many rows were left out because they look anomalous
   * @param evaluation on a labelled file, if there was one
   * @param search how the model was chosen, if there was a search
   * @param warnings what the user was told
   */
  public static TrainingSummary of(
      History history,
      TimeSplit split,
      Examination examination,
      Calibration calibration,
      int trimmed,
      Optional<LabelledSummary> evaluation,
      Optional<SearchSummary> search,
      List<String> warnings) {
    OptionalDouble perDay = history.rowsPerDay();
    return new TrainingSummary(
        history.origin(),
        history.rows().count(),
        history.rejected(),
        trimmed,
        history.time(0).orElse(null),
        history.time(history.rows().count() - 1).orElse(null),
        perDay.isPresent() ? perDay.getAsDouble() : null,
        features(history, split, examination.quality()),
        TailGoodness.of(calibration.tail(), examination.calibrationScores()).orElse(null),
        examination.highest().describe(split.training(), history, calibration),
        evaluation.orElse(null),
        search.orElse(null),
        warnings);
  }

  private static List<FeatureSummary> features(
      History history, TimeSplit split, ReconstructionQuality quality) {
    List<FeatureSummary> features = new ArrayList<>();
    for (int j = 0; j < history.features().width(); j++) {
      ColumnStatistics column = ColumnStatistics.of(split.training(), j);
      features.add(
          new FeatureSummary(
              history.features().names().get(j),
              column.present(),
              column.missing(),
              number(column.mean()),
              number(column.deviation()),
              number(column.minimum()),
              number(column.median()),
              number(column.maximum()),
              quality.determination(j),
              quality.residualDeviation(j)));
    }
    return features;
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
