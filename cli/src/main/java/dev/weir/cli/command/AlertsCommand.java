package dev.weir.cli.command;

import dev.weir.cli.alerts.AlertDecoder;
import dev.weir.cli.alerts.AlertJson;
import dev.weir.cli.alerts.AlertLines;
import dev.weir.cli.alerts.AlertReading;
import dev.weir.cli.topic.Cluster;
import dev.weir.cli.topic.Edge;
import dev.weir.cli.topic.TopicRange;
import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.PipelineConfig;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir alerts}: the alerts topic in the terminal. */
@Command(
    name = "alerts",
    description = {
      "Prints alerts from their topic.",
      "Only what is committed. Without a group: nobody's offsets change."
    },
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "The alerts topic, if not the one of --config.")
  private String topic;

  @Option(names = "--follow", description = "Goes on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--json", description = "Prints a line of JSON for each alert.")
  private boolean json;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description = {
        "Where to begin: " + Edge.FORMS + ".",
        "earliest if not given; with --follow, latest."
      })
  private String from;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Ends after so many alerts, counted from where it begins.")
  private Long limit;

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit is " + limit + ", but must be 1 or more");
    }
    Edge begin =
        from == null
            ? (follow ? new Edge.Latest() : new Edge.Earliest())
            : Edge.parse("--from", from, Instant.now());
    Cluster where = cluster.cluster();
    String name =
        topic != null
            ? topic
            : cluster
                .pipeline()
                .map(PipelineConfig::alertsTopic)
                .orElseThrow(() -> new InvalidInputException("name the alerts topic with --topic"));
    CountDownLatch done = new CountDownLatch(1);
    try (SchemaRegistry registry = SchemaRegistries.open(where.registry());
        TopicRange range = TopicRange.open(where, List.of(name), begin, new Edge.Latest())) {
      Shutdown.onSignalAndAwait(range::stop, done);
      AlertDecoder decoder =
          new AlertDecoder(registry, what -> spec.commandLine().getErr().println("weir: " + what));
      new AlertReading(range, decoder, limit == null ? Long.MAX_VALUE : limit)
          .run(follow, printer(spec.commandLine().getOut()));
    } finally {
      done.countDown();
    }
    return 0;
  }

  /** Ends when nobody reads what is printed: a closed pipe would be written to for ever. */
  private Predicate<Alert> printer(PrintWriter out) {
    if (json) {
      return alert -> {
        out.println(AlertJson.of(alert));
        return !out.checkError();
      };
    }
    AlertLines lines = new AlertLines(out, Ansi.AUTO.enabled());
    return alert -> {
      lines.print(alert);
      return !out.checkError();
    };
  }
}
