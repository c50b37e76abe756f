package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.DataFolder;
import dev.weir.benchmarks.data.ReferenceFigures;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.search.Judgement;
import dev.weir.trainer.search.Probes;
import java.io.PrintWriter;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges what a family's defaults might be, over data sets, without a test row or a label.
 *
 * <p>The learning rows of a series or table, the last {@value #MOST_ROWS} at most, are cut as
 * {@code weir train} cuts a history. A candidate learns from the first part, stops by the second
 * one, and is judged on the third one, by how well it tells the rows there from anomalies made of
 * them ({@link Probes}, as a search judges).
 */
public final class DefaultsRun {
  /** Enough to tell settings apart, and few enough to try many of them. */
  private static final int MOST_ROWS = 4000;

  private final DataFolder folder;
  private final List<Candidate> candidates;
  private final List<Long> seeds;
  private final boolean check;
  private final PrintWriter out;
  private final boolean terminal;
  private final DefaultsResults results = new DefaultsResults();

  /**
   * Sets a run up.
   *
   * @param families whose candidates are judged
   * @param only names of candidates, besides the defaults; all of them if empty
   * @param check whether test parts are looked at, too, which takes no part in any choice
   * @param terminal whether a line can be drawn over
   * @throws InvalidInputException if there is no candidate of a name
   */
  public DefaultsRun(
      DataFolder folder,
      List<Family> families,
      List<String> only,
      List<Long> seeds,
      boolean check,
      PrintWriter out,
      boolean terminal) {
    this.folder = folder;
    candidates = candidates(families, only);
    this.seeds = List.copyOf(seeds);
    this.check = check;
    this.out = out;
    this.terminal = terminal;
  }

  private static List<Candidate> candidates(List<Family> families, List<String> only) {
    List<Candidate> all =
        families.stream().flatMap(family -> Candidates.of(family.name()).stream()).toList();
    for (String name : only) {
      if (all.stream().noneMatch(candidate -> candidate.name().equals(name))) {
        throw new InvalidInputException(
            "--only "
                + name
                + ": there is no such candidate; there are: "
                + all.stream().map(Candidate::name).distinct().collect(Collectors.joining("; ")));
      }
    }
    return all.stream()
        .filter(one -> only.isEmpty() || one.isDefaults() || only.contains(one.name()))
        .toList();
  }

  /**
   * Fits and judges everything, and prints the tables.
   *
   * @return the results as JSON
   */
  public String run(List<QualitySet> sets) {
    ReferenceFigures references = ReferenceFigures.read(folder);
    for (QualitySet set : sets) {
      List<Supplier<LearningTask>> tasks = set.learningTasks(folder, references);
      for (int i = 0; i < tasks.size(); i++) {
        LearningTask task = tasks.get(i).get();
        for (long seed : seeds) {
          judge(set, task, seed, (i + 1) + "/" + tasks.size());
        }
      }
    }
    DefaultsReport report = new DefaultsReport(results);
    out.print(report.text());
    out.flush();
    return report.json();
  }

  /** Whether a training failed. */
  public boolean hasFailures() {
    return results.hasFailures();
  }

  private void judge(QualitySet set, LearningTask task, long seed, String place) {
    Rows all = task.learning(seed);
    Rows rows = all.slice(Math.max(0, all.count() - MOST_ROWS), all.count());
    HistoryCut cut = HistoryCut.of(rows.count());
    Candidate.Size size = new Candidate.Size(rows.width() * task.window(), cut.training());
    History history =
        new History(
            Detector.features(rows.width()),
            LinkedRows.ofOneKey(rows),
            List.of(),
            0,
            List.of(),
            task.series());
    List<Candidate> own =
        candidates.stream().filter(one -> !(set.isTabular() && one.ofSeriesOnly())).toList();
    NavigableSet<Integer> windows =
        own.stream()
            .map(one -> one.config(size, seed, task.window()).window())
            .collect(Collectors.toCollection(TreeSet::new));
    Integer shortest = windows.higher(1);
    Probes probes =
        Probes.of(
            history,
            IntStream.range(cut.validation(), rows.count()).toArray(),
            shortest == null ? 1 : shortest,
            windows.last(),
            seed);
    for (Candidate candidate : own) {
      ModelConfig config = candidate.config(size, seed, task.window());
      RunConsole console =
          new RunConsole(
              out,
              terminal,
              "%s %s %s, %s, %s, seed %d"
                  .formatted(
                      set.key(), place, task.series(), candidate.family(), candidate.name(), seed));
      try {
        Detector detector =
            Detector.fit(config, candidate.scaling(), split(history, cut, config), console);
        Judgement judgement = probes.judge(detector.model());
        OptionalDouble test =
            check
                ? OptionalDouble.of(task.metrics(detector, seed).get(set.metrics().get(0)))
                : OptionalDouble.empty();
        results.add(set, task.series(), candidate, seed, judgement, test);
        console.judged(judgement, detector.fitted());
      } catch (OperationFailedException | InvalidInputException e) {
        results.addFailure(set, task.series(), candidate, seed);
        console.failed(e);
      }
    }
  }

  /** The parts, by where the newest rows of windows are, so that they are the same for all. */
  private static TimeSplit split(History history, HistoryCut cut, ModelConfig config) {
    Samples samples = history.samples(config.window());
    int before = config.window() - 1;
    return new TimeSplit(
        samples.slice(0, cut.training() - before),
        samples.slice(cut.training() - before, cut.validation() - before),
        samples.slice(cut.validation() - before, samples.count()));
  }
}
