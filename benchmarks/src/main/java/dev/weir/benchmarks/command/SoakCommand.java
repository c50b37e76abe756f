package dev.weir.benchmarks.command;

import dev.weir.benchmarks.soak.Soak;
import dev.weir.benchmarks.soak.SoakShape;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir benchmark soak}: does the scorer stay as it is? */
@Command(
    name = "soak",
    description = {
      "Runs the scorer for long under a steady load, with windows, incidents and models that take"
          + " over, and compares its memory and the delay of its alerts at the end with those at"
          + " the beginning."
    })
public final class SoakCommand extends FiguresCommand {
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

  @Override
  String measure(PrintWriter out) {
    SoakShape shape =
        new SoakShape(
            Duration.ofMillis(Math.round(minutes * 60_000)),
            rate,
            keys,
            features,
            Duration.ofSeconds(reloadSeconds));
    return new Soak(shape, out).run();
  }
}
