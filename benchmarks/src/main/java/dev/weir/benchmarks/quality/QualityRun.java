package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.DataFolder;
import dev.weir.benchmarks.data.ReferenceFigures;
import dev.weir.model.error.OperationFailedException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/** Measures families of models on data sets, and says how it goes. */
public final class QualityRun {
  private final DataFolder folder;
  private final List<Family> families;
  private final List<Long> seeds;
  private final PrintWriter out;
  private final boolean terminal;
  private final QualityResults results = new QualityResults();

  /**
   * Sets a run up.
   *
   * @param terminal whether a line can be drawn over
   */
  public QualityRun(
      DataFolder folder,
      List<Family> families,
      List<Long> seeds,
      PrintWriter out,
      boolean terminal) {
    this.folder = folder;
    this.families = List.copyOf(families);
    this.seeds = List.copyOf(seeds);
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Trains and measures everything, and prints the tables.
   *
   * @return the results as JSON
   */
  public String run(List<QualitySet> sets) {
    ReferenceFigures references = ReferenceFigures.read(folder);
    for (QualitySet set : sets) {
      List<Supplier<Task>> tasks = set.tasks(folder, references);
      for (int i = 0; i < tasks.size(); i++) {
        measure(set, tasks.get(i).get(), (i + 1) + "/" + tasks.size());
      }
    }
    QualityReport report = new QualityReport(results, references);
    out.print(report.text());
    out.flush();
    return report.json();
  }

  /** Whether a training failed. */
  public boolean hasFailures() {
    return results.hasFailures();
  }

  private void measure(QualitySet set, Task task, String place) {
    for (Family family : families) {
      for (long seed : seeds) {
        RunConsole console =
            new RunConsole(
                out,
                terminal,
                "%s %s %s, %s, seed %d"
                    .formatted(set.key(), place, task.series(), family.name(), seed));
        try {
          Outcome outcome = task.measure(family.config(seed, task.window()), seed, console);
          results.add(set, task.series(), family.name(), seed, outcome);
          console.done(set, outcome);
        } catch (OperationFailedException e) {
          results.addFailure(set, task.series(), family.name(), seed);
          console.failed(e);
        }
      }
    }
  }
}
