package dev.weir.cli.command;

import dev.weir.cli.demo.Simulation;
import dev.weir.cli.demo.SimulationOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir simulate}: the demo's fleet, on a broker that is there. */
@Command(
    name = "simulate",
    description = {
      "Writes what a simulated fleet of servers reports to a topic, to try Weir out with.",
      "First 'history': a week without a fault, to train on; what is there of it already is not"
          + " written again, and a topic with other records is left as it is. Then 'stream': what comes after that week, with faults in it, until it is stopped."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PART", description = "One of ${COMPLETION-CANDIDATES}.")
  private SimulationOptions.Part part;

  @Option(
      names = "--kafka",
      required = true,
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Kafka's clients, bootstrap.servers at least; may be given several times.")
  private Map<String, String> kafka = new LinkedHashMap<>();

  @Option(
      names = "--topic",
      defaultValue = "server-metrics",
      paramLabel = "NAME",
      description = "Where the records go; ${DEFAULT-VALUE} if not given. Created if missing.")
  private String topic;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "Of the topic, if it is created; ${DEFAULT-VALUE} if not given.")
  private int partitions;

  @Option(
      names = "--duration",
      defaultValue = "1d",
      converter = DurationConverter.class,
      paramLabel = "TIME",
      description = "How long to stream; ${DEFAULT-VALUE} if not given.")
  private Duration duration;

  @Option(
      names = "--rate",
      defaultValue = "4",
      paramLabel = "N",
      description =
          "How many records a second each of the 24 servers streams, 1 to 1000; ${DEFAULT-VALUE} if"
              + " not given. Each stands for two minutes of the fleet's day.")
  private int rate;

  @Option(
      names = "--fault-every",
      defaultValue = "60s",
      converter = DurationConverter.class,
      paramLabel = "TIME",
      description =
          "How often a fault begins; it lasts half as long. ${DEFAULT-VALUE} if not given.")
  private Duration faultEvery;

  @Mixin private HealthOptions health;

  @Override
  @SuppressWarnings("try") // the file is there while this runs
  public Integer call() throws InterruptedException {
    require(
        kafka.containsKey("bootstrap.servers"), "--kafka bootstrap.servers=HOST:PORT is needed");
    require(partitions >= 1 && partitions <= 1000, "--partitions must be 1 to 1000");
    require(rate >= 1 && rate <= 1000, "--rate must be 1 to 1000");
    require(faultEvery.toSeconds() >= 5, "--fault-every must be 5s or more");
    require(
        duration.compareTo(faultEvery) >= 0 && duration.toDays() <= 7,
        "--duration must be as long as --fault-every or longer, and 7d at most");
    Simulation simulation =
        new Simulation(
            new SimulationOptions(kafka, topic, partitions, part, duration, rate, faultEvery),
            spec.commandLine().getOut());
    CountDownLatch done = new CountDownLatch(1);
    Shutdown.onSignalAndAwait(simulation::stop, done);
    try (HealthFile unused = health.say(simulation::state)) {
      simulation.run();
    } finally {
      done.countDown();
    }
    return 0;
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }
}
