package dev.weir.cli.command;

import dev.weir.cli.compare.Comparison;
import dev.weir.cli.compare.ComparisonReport;
import dev.weir.cli.evaluate.OfflineScores;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir compare}: is the new model better than the old? */
@Command(
    name = "compare",
    description = {
      "Holds two models against each other on one file.",
      "Each reads the columns that it needs; they may have different features and windows. What is"
          + " compared are the rows that both score."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The old model's bundle.")
  private Path before;

  @Parameters(index = "1", paramLabel = "NEW", description = "The new model's bundle.")
  private Path after;

  @Mixin private DataOptions data;

  @Option(
      names = "--vus-window",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Buffer of VUS-PR, in rows; 0, the default, estimates it from the old model's first"
              + " feature.")
  private int vusWindow;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() {
    if (vusWindow < 0) {
      throw new ParameterException(
          spec.commandLine(), "--vus-window is " + vusWindow + ", but must be 0 or more");
    }
    Bundle oldBundle = Bundle.open(before);
    Bundle newBundle = Bundle.open(after);
    Comparison comparison =
        Comparison.of(
            oldBundle.manifest(),
            OfflineScores.of(oldBundle, data.data()),
            newBundle.manifest(),
            OfflineScores.of(newBundle, data.data()),
            vusWindow);
    PrintWriter console = spec.commandLine().getOut();
    console.print(ComparisonReport.text(data.file(), comparison));
    console.flush();
    if (json != null) {
      write(ComparisonReport.json(comparison));
    }
    return 0;
  }

  private void write(String text) {
    try {
      Files.writeString(json, text);
    } catch (IOException e) {
      throw new OperationFailedException("cannot write " + json + ": " + e, e);
    }
  }
}
