package dev.weir.cli.command;

import dev.weir.cli.demo.Demo;
import dev.weir.cli.demo.DemoOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir demo}: all of Weir in one process, with a broker of its own. */
@Command(
    name = "demo",
    description = {
      "Shows all of Weir, with nothing set up.",
      "Starts a Kafka broker, trains on a topic's history, streams new records with faults in"
          + " them, and prints the alerts as they come."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      defaultValue = "60s",
      converter = DurationConverter.class,
      paramLabel = "TIME",
      description = "How long to stream; ${DEFAULT-VALUE} if not given.")
  private Duration duration;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "Replays a file instead of a simulated fleet: CSV or JSON lines, plain or gzipped, or"
            + " Parquet, by its name. Its first part is the history. A column called 'label' (1 or"
            + " 0) says which rows are faults."
      })
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "N",
      description = "The scorer's HTTP port; any free one if not given.")
  private int port;

  @Override
  public Integer call() throws Exception {
    if (duration.toSeconds() < 5) {
      throw new ParameterException(spec.commandLine(), "--duration must be 5s or more");
    }
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535");
    }
    DemoOptions options = new DemoOptions(duration, Optional.ofNullable(data), port);
    CountDownLatch done = new CountDownLatch(1);
    try (Demo demo = new Demo(options, spec.commandLine().getOut(), Ansi.AUTO.enabled())) {
      Shutdown.onSignalAndAwait(demo::stop, done);
      demo.run();
    } finally {
      done.countDown();
    }
    return 0;
  }
}
