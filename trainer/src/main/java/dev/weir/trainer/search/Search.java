package dev.weir.trainer.search;

import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.model.bundle.SearchCriterion;
import dev.weir.model.bundle.SearchSummary;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.SearchConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.contamination.TrimmedFit;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.CheckpointFailedException;
import dev.weir.trainer.network.DamagedCheckpointException;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.network.TrainingStoppedException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits one candidate after the other and keeps the one that best tells rows of the validation part
 * from anomalies that are made of them, without a label. Of equal ones the earlier one is kept.
 *
 * <p>Time decides only how many candidates are tried, never how one is fitted or judged: of the
 * same candidates the same one is kept. One that has begun is finished and counts; and candidates
 * are tried until there is a model, whatever the budget. One that fails is told of and passed over.
 * A search that goes on after an interruption tries all of them again, with a budget of its own;
 * what was trained to its end is in their checkpoints.
 */
public final class Search {
  private static final Logger LOG = LoggerFactory.getLogger(Search.class);
  private static final int FEWEST_ROWS = 20;

  private final SearchConfig config;
  private final History history;
  private final SplitConfig parts;
  private final CandidateFitter fitter;
  private final TrainingProgress progress;
  private final LongSupplier nanoTime;

  /**
   * Prepares a search.
   *
   * @param parts how the history is cut
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  public Search(
      SearchConfig config,
      History history,
      SplitConfig parts,
      CandidateFitter fitter,
      TrainingProgress progress,
      LongSupplier nanoTime) {
    this.config = config;
    this.history = history;
    this.parts = parts;
    this.fitter = fitter;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /** The best candidate so far. */
  private record Best(ModelConfig model, TrimmedFit fit, List<String> warnings) {}

  /**
   * Tries the candidates.
   *
   * @throws InvalidInputException if none can be fitted, or nothing tells one from another
   * @throws TrainingStoppedException if it was asked to stop
   */
  public Found run() {
    List<ModelConfig> models =
        config.candidates() == null
            ? DefaultGrid.of(history.features(), config.windows(), config.seed())
            : config.candidates();
    Standings standings = new Standings(models.stream().map(CandidateName::of).toList(), progress);
    NavigableMap<Integer, TimeSplit> splits = splits(models, standings);
    Probes probes = probes(splits, standings);
    progress.step(
        String.format(
            Locale.ROOT,
            "trying %d models: each is to tell %,d validation rows from %,d anomalies made of them"
                + " (%s)",
            models.size(),
            probes.normals(),
            probes.madeUp(),
            config.criterion().label()));
    Best best = tryAll(models, splits, probes, standings);
    progress.step("keeping " + CandidateName.of(best.model()));
    warn(standings, best);
    return new Found(
        best.model(),
        best.fit(),
        new SearchSummary(
            config.criterion(), probes.normals(), probes.madeUp(), standings.summaries()));
  }

  /** How the history is cut for each window that it is long enough for. */
  private NavigableMap<Integer, TimeSplit> splits(List<ModelConfig> models, Standings standings) {
    NavigableMap<Integer, TimeSplit> splits = new TreeMap<>();
    for (int i = 0; i < models.size(); i++) {
      try {
        splits.computeIfAbsent(
            models.get(i).window(), window -> TimeSplit.of(history, window, parts));
      } catch (InvalidInputException e) {
        standings.failed(i, e.getMessage(), Duration.ZERO);
      }
    }
    return splits;
  }

  /** Made of rows that are in the validation part whatever the window: nothing was fitted on it. */
  private Probes probes(NavigableMap<Integer, TimeSplit> splits, Standings standings) {
    if (splits.isEmpty()) {
      throw nothingFound(standings);
    }
    BitSet rows = new BitSet();
    rows.set(0, history.rows().count());
    for (TimeSplit split : splits.values()) {
      Samples validation = split.validation();
      BitSet own = new BitSet();
      for (int i = 0; i < validation.count(); i++) {
        own.set(validation.row(i));
      }
      rows.and(own);
    }
    if (rows.cardinality() < FEWEST_ROWS) {
      throw new InvalidInputException(
          "search: the validation parts of models with windows of "
              + splits.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
              + " rows have only "
              + rows.cardinality()
              + " rows in common, too few to compare the models on; search among windows that are"
              + " less different");
    }
    Integer shortest = splits.higherKey(1);
    return Probes.of(
        history,
        rows.stream().toArray(),
        shortest == null ? 1 : shortest,
        splits.lastKey(),
        config.seed());
  }

  private Best tryAll(
      List<ModelConfig> models,
      Map<Integer, TimeSplit> splits,
      Probes probes,
      Standings standings) {
    Best best = null;
    long started = nanoTime.getAsLong();
    for (int i = 0; i < models.size(); i++) {
      ModelConfig model = models.get(i);
      if (!splits.containsKey(model.window())) {
        continue;
      }
      if (best != null && since(started).compareTo(config.budget()) >= 0) {
        standings.notTried(i);
        continue;
      }
      standings.fitting(i);
      CandidateProgress own = new CandidateProgress(progress);
      long begun = nanoTime.getAsLong();
      double value;
      TrimmedFit fit;
      try {
        fit = fitter.fit(i, model, splits.get(model.window()), own);
        value = judge(fit.model(), probes);
      } catch (TrainingStoppedException
          | DamagedCheckpointException
          | CheckpointFailedException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.debug("a candidate failed", e);
        boolean clear = e instanceof InvalidInputException;
        standings.failed(i, clear ? e.getMessage() : e.toString(), since(begun));
        continue;
      }
      if (standings.judged(i, value, since(begun))) {
        best = new Best(model, fit, own.warnings());
      }
    }
    if (best == null) {
      throw nothingFound(standings);
    }
    return best;
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }

  private double judge(FittedModel model, Probes probes) {
    RankingMetrics metrics = probes.judge(model).overall();
    return config.criterion() == SearchCriterion.ROC_AUC
        ? metrics.rocAuc()
        : metrics.averagePrecision();
  }

  private void warn(Standings standings, Best best) {
    for (CandidateSummary failed : standings.of(CandidateState.FAILED)) {
      progress.warning("search: " + failed.name() + " failed: " + failed.reason());
    }
    List<CandidateSummary> left = standings.of(CandidateState.NOT_TRIED);
    if (!left.isEmpty()) {
      progress.warning(
          "search: search.budget was spent before these were tried: "
              + left.stream().map(CandidateSummary::name).collect(Collectors.joining("; ")));
    }
    best.warnings().forEach(progress::warning);
  }

  private static InvalidInputException nothingFound(Standings standings) {
    return new InvalidInputException(
        "search: none of the candidates could be fitted. "
            + standings.of(CandidateState.FAILED).stream()
                .map(failed -> failed.name() + ": " + failed.reason())
                .collect(Collectors.joining("; ")));
  }
}
