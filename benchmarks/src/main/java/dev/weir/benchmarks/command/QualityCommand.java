package dev.weir.benchmarks.command;

import dev.weir.benchmarks.data.DataFolder;
import dev.weir.benchmarks.quality.Family;
import dev.weir.benchmarks.quality.QualityRun;
import dev.weir.benchmarks.quality.QualitySet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code weir benchmark quality}: how well does each family detect? */
@Command(
    name = "quality",
    description = {
      "Trains every family on public data sets and measures how well it detects, beside the"
          + " figures of other detectors under the same protocols.",
      "Every family has one config for all sets: its defaults. Labels are used for the metrics"
          + " only, which are never point-adjusted. docs/benchmarks.md states the protocols."
    })
public final class QualityCommand extends FiguresCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of data sets, with adbench/, smd/, asd/, telemetry/, nab/ in it.")
  private Path data;

  @Option(
      names = "--sets",
      split = ",",
      paramLabel = "SET",
      defaultValue = "adbench,smd,asd,telemetry,nab",
      description = "Which sets: ${COMPLETION-CANDIDATES}; all by default.")
  private List<QualitySet> sets;

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "FAMILY",
      description = "Which families, as in model.family; all by default.")
  private List<String> families = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = "Of the models and of what is random in a protocol; 1,2,3 by default.")
  private List<Long> seeds;

  @Option(
      names = "--set",
      paramLabel = "FAMILY.KEY=VALUE",
      description =
          "Changes a default of a family for all sets, for example autoencoder.epochs=100.")
  private List<String> settings = List.of();

  private QualityRun run;

  @Override
  String measure(PrintWriter out) {
    run =
        new QualityRun(
            new DataFolder(data), Family.of(families, settings), seeds, out, Ansi.AUTO.enabled());
    return run.run(sets);
  }

  @Override
  boolean hasFailures() {
    return run.hasFailures();
  }
}
