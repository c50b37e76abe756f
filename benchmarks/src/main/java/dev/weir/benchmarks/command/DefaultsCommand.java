package dev.weir.benchmarks.command;

import dev.weir.benchmarks.data.DataFolder;
import dev.weir.benchmarks.quality.DefaultsRun;
import dev.weir.benchmarks.quality.Family;
import dev.weir.benchmarks.quality.QualitySet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code weir benchmark defaults}: which settings should be the defaults of each family? */
@Command(
    name = "defaults",
    description = {
      "Fits each family with its defaults and with other settings on the learning rows of public"
          + " data sets, and judges them on a part of these that was held out, by how well they"
          + " tell its rows from anomalies made of them. No label and no test row is looked at.",
      "A setting is better if it is above the defaults by more than the seeds differ."
          + " docs/benchmarks.md states the protocol."
    })
public final class DefaultsCommand extends FiguresCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of data sets, with adbench/, smd/, asd/, telemetry/ in it.")
  private Path data;

  @Option(
      names = "--sets",
      split = ",",
      paramLabel = "SET",
      defaultValue = "adbench,smd,asd",
      description = "Which sets: adbench, smd, asd, telemetry; the first three by default.")
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
      description =
          "Of the models, the tables' splits and the made-up anomalies; 1,2,3 by default.")
  private List<Long> seeds;

  @Option(
      names = "--only",
      split = ";",
      paramLabel = "CANDIDATE",
      description =
          "Judges these beside the defaults, by the names that the table has, with semicolons"
              + " between them; all by default.")
  private List<String> only = List.of();

  @Option(
      names = "--check",
      description =
          "Measures every candidate on the labelled test parts, too, and says how the two orders"
              + " agree. Has no part in the choice.")
  private boolean check;

  private DefaultsRun run;

  @Override
  String measure(PrintWriter out) {
    run =
        new DefaultsRun(
            new DataFolder(data),
            Family.of(families, List.of()),
            only,
            seeds,
            check,
            out,
            Ansi.AUTO.enabled());
    return run.run(sets);
  }

  @Override
  boolean hasFailures() {
    return run.hasFailures();
  }
}
