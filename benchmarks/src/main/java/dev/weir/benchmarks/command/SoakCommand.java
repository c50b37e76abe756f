package dev.weir.benchmarks.command;

import dev.weir.benchmarks.soak.Soak;
import dev.weir.benchmarks.soak.SoakShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir benchmark soak}: does the scorer stay as it is? */
@Command(
    name = "soak",
    description = {
      "Runs the scorer for long under a steady load, with windows, incidents and models that take"
          + " over, and compares its memory and the delay of its alerts at the end with those at"
          + " the beginning."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long; parts of a minute, too.")
  private double minutes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Records a second.")
  private int rate;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Different keys.")
  private int keys;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "38",
      description = "Float fields of a record.")
  private int features;

  @Option(
      names = "--reload-seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Another model takes over so often; 0 for never.")
  private int reloadSeconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() {
    SoakShape shape =
        new SoakShape(
            Duration.ofMillis(Math.round(minutes * 60_000)),
            rate,
            keys,
            features,
            Duration.ofSeconds(reloadSeconds));
    String figures = new Soak(shape, spec.commandLine().getOut()).run();
    if (json != null) {
      JsonFile.write(json, figures);
    }
    return 0;
  }
}
