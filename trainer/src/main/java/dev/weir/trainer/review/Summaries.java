package dev.weir.trainer.review;

import dev.weir.model.bundle.FeatureSummary;
import dev.weir.model.bundle.LabelledSummary;
import dev.weir.model.bundle.LossSummary;
import dev.weir.model.bundle.MapSummary;
import dev.weir.model.bundle.SearchSummary;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.model.calibration.Calibration;
import dev.weir.trainer.calibration.TailGoodness;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.som.SomGrid;
import dev.weir.trainer.som.SomMap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Puts together what a manifest says of its training. */
public final class Summaries {
  /** Larger maps are looked at in the report. */
  private static final int MOST_CELLS = 10_000;

  private static final MathContext DRAWN = new MathContext(4);

  private Summaries() {}

  /**
   * The summary of a training.
   *
   * @param model what was fitted
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
      FittedModel model,
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
        model.epochs().isEmpty() ? null : loss(model.epochs()),
        model.map().map(Summaries::map).orElse(null),
        TailGoodness.of(calibration.tail(), examination.calibrationScores()).orElse(null),
        examination.highest().describe(split.training(), history, calibration),
        evaluation.orElse(null),
        search.orElse(null),
        warnings);
  }

  private static LossSummary loss(List<EpochReport> epochs) {
    return new LossSummary(
        epochs.stream().map(epoch -> rounded(epoch.loss())).toList(),
        epochs.stream().map(epoch -> rounded(epoch.validationLoss())).toList(),
        epochs.stream()
            .filter(EpochReport::best)
            .map(EpochReport::epoch)
            .max(Comparator.naturalOrder())
            .orElse(null),
        epochs.get(0).ofEpochs());
  }

  private static MapSummary map(SomMap map) {
    SomGrid grid = map.grid();
    boolean drawn = grid.cells() <= MOST_CELLS;
    return new MapSummary(
        grid.shape().name().toLowerCase(Locale.ROOT),
        grid.rows(),
        grid.columns(),
        map.training().quantisation(),
        map.validation().quantisation(),
        map.training().topographic(),
        map.validation().topographic(),
        drawn
            ? DoubleStream.of(map.unifiedDistances()).mapToObj(Summaries::rounded).toList()
            : List.of(),
        drawn ? IntStream.range(0, grid.cells()).mapToObj(map::hits).toList() : List.of());
  }

  /** To what can be drawn of it. */
  private static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DRAWN).doubleValue() : value;
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
