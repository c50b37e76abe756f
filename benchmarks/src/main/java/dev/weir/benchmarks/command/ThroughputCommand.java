package dev.weir.benchmarks.command;

import dev.weir.benchmarks.stream.StreamShape;
import dev.weir.benchmarks.stream.Throughput;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir benchmark throughput}: what does scoring cost beyond reading? */
@Command(
    name = "throughput",
    description = {
      "Scores the same topic with several models, without one, without batches and with a random"
          + " cut forest, in turn, and compares records a second.",
      "Broker, records and scorer are in this one process. docs/benchmarks.md says what each"
          + " variant is."
    })
public final class ThroughputCommand extends FiguresCommand {
  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Records in the topic.")
  private int records;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "38",
      description = "Float fields of each.")
  private int features;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of the topic.")
  private int partitions;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "Threads.")
  private int threads;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Different keys.")
  private int keys;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each variant runs after a first time; the median counts.")
  private int rounds;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which: consume, decode, weir, weir_alo, som, vae, windowed, unbatched, rcf; all by"
              + " default.")
  private List<String> variants = List.of();

  @Override
  String measure(PrintWriter out) {
    atLeast("--rounds", rounds, 1);
    StreamShape shape = new StreamShape(records, features, partitions, threads, keys);
    try (Throughput throughput = new Throughput(shape, variants, out)) {
      return throughput.run(rounds);
    }
  }
}
