package dev.weir.benchmarks.command;

import dev.weir.benchmarks.latency.Latency;
import dev.weir.benchmarks.latency.LatencyShape;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir benchmark latency}: how long does an alert take? */
@Command(
    name = "latency",
    description = {
      "Sends records by a schedule that waits for nobody, and measures from the moment intended"
          + " for each record to when a read_committed consumer has the alert of it, with"
          + " exactly-once and at-least-once.",
      "Where the load generator cannot keep its schedule, or alerts do not come, the figures are"
          + " void, and it says so."
    })
public final class LatencyCommand extends FiguresCommand {
  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,10000,50000,100000",
      description = "Records a second, one after the other.")
  private List<Integer> rates;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long each rate is measured.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds before, which do not count.")
  private int warmUp;

  @Option(
      names = "--alerts",
      paramLabel = "N",
      defaultValue = "100",
      description = "Records a second that are made anomalous.")
  private int alerts;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "38",
      description = "Float fields of a record.")
  private int features;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of the topic.")
  private int partitions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Stream threads.")
  private int threads;

  @Option(
      names = "--commit-interval",
      paramLabel = "MS",
      defaultValue = "100",
      description = "Milliseconds between commits with exactly-once.")
  private int commitInterval;

  @Override
  String measure(PrintWriter out) {
    LatencyShape shape =
        new LatencyShape(
            rates,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(warmUp),
            alerts,
            features,
            partitions,
            threads,
            Duration.ofMillis(commitInterval));
    return new Latency(shape, out).run();
  }
}
