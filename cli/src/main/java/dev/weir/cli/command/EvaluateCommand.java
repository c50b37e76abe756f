package dev.weir.cli.command;

import dev.weir.cli.evaluate.Evaluation;
import dev.weir.cli.evaluate.EvaluationReport;
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
import picocli.CommandLine.Spec;

/** {@code weir evaluate}: how good is a model on a file? */
@Command(
    name = "evaluate",
    description = {
      "Scores a file and reports how good the model is.",
      "Uses the scorer's own encoder and inference code. Metrics are point by point, never"
          + " point-adjusted."
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The bundle.")
  private Path model;

  @Mixin private DataOptions data;

  @Option(
      names = "--vus-window",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Buffer of VUS-PR, in rows; 0, the default, estimates it from the first feature.")
  private int vusWindow;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the metrics there as JSON.")
  private Path json;

  @Override
  public Integer call() {
    if (vusWindow < 0) {
      throw new ParameterException(
          spec.commandLine(), "--vus-window is " + vusWindow + ", but must be 0 or more");
    }
    Bundle bundle = Bundle.open(model);
    OfflineScores scores = OfflineScores.of(bundle, data.data());
    Evaluation evaluation = Evaluation.of(scores, bundle.manifest().threshold(), vusWindow);
    PrintWriter console = spec.commandLine().getOut();
    console.print(EvaluationReport.text(bundle, data.file(), evaluation));
    console.flush();
    if (json != null) {
      write(EvaluationReport.json(evaluation));
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
