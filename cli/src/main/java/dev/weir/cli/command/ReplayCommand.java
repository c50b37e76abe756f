package dev.weir.cli.command;

import dev.weir.cli.replay.ReplayReport;
import dev.weir.cli.replay.ReplayRun;
import dev.weir.cli.topic.Cluster;
import dev.weir.cli.topic.Edge;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.ModelConfig;
import dev.weir.scorer.config.OutputConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir replay}: what would another model have said of what has been? */
@Command(
    name = "replay",
    description = {
      "Scores a past range of a topic with a candidate model, and compares its alerts with those"
          + " that were published.",
      "Reads only: no group, no offsets, and nothing is published. With --config, records are read"
          + " and alerts are raised as that scorer does it."
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The candidate's bundle.")
  private Path model;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "The topic to score, if not the input of --config.")
  private String topic;

  @Option(
      names = "--alerts",
      paramLabel = "TOPIC",
      description = "Where alerts were published, if not where --config says, or TOPIC-alerts.")
  private String alerts;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = RecordFormatConverter.class,
      description = {
        "What records are written in: json, avro, json-schema or protobuf.",
        "As --config says if not given, or json."
      })
  private RecordFormat format;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "WHERE",
      description = "Where the range begins: " + Edge.FORMS + ".")
  private String from;

  @Option(
      names = "--to",
      defaultValue = "latest",
      paramLabel = "WHERE",
      description = "Where it ends, likewise; ${DEFAULT-VALUE} if not given.")
  private String to;

  @Option(
      names = "--top",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many alerts of one side alone are listed; ${DEFAULT-VALUE} if not given.")
  private int top;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (top < 0) {
      throw new ParameterException(
          spec.commandLine(), "--top is " + top + ", but must be 0 or more");
    }
    Instant now = Instant.now();
    Edge begin = Edge.parse("--from", from, now);
    Edge end = Edge.parse("--to", to, now);
    Bundle.open(model);
    Cluster where = cluster.cluster();
    ScorerConfig config = cluster.scorer().orElseGet(() -> made(where));
    PipelineConfig pipeline = candidate(cluster.pipeline().orElse(config.pipelines().get(0)));
    PrintWriter out = spec.commandLine().getOut();
    ReplayRun run =
        new ReplayRun(where, config, pipeline, topics(pipeline), spec.commandLine().getErr());
    CountDownLatch done = new CountDownLatch(1);
    try {
      Shutdown.onSignalAndAwait(run::stop, done);
      Optional<ReplayReport> report = run.run(begin, end);
      if (report.isEmpty()) {
        spec.commandLine().getErr().println("weir replay: stopped");
        return 1;
      }
      if (json) {
        out.println(report.get().json(top));
      } else {
        out.print(report.get().text(top, Ansi.AUTO.enabled()));
      }
      out.flush();
      return 0;
    } finally {
      done.countDown();
    }
  }

  private List<String> topics(PipelineConfig pipeline) {
    if (topic != null) {
      return List.of(topic);
    }
    if (pipeline.input().topics().isEmpty()) {
      throw new InvalidInputException(
          "the config's input is a pattern; name the topic to score with --topic");
    }
    return pipeline.input().topics();
  }

  /** A scorer's config made of options alone. */
  private ScorerConfig made(Cluster where) {
    if (topic == null) {
      throw new InvalidInputException("name the topic to score with --topic, or a --config");
    }
    List<String> settings = new ArrayList<>();
    settings.add("applicationId=weir-replay");
    settings.add("kafka.bootstrap.servers=" + where.kafka().get("bootstrap.servers"));
    settings.add("input.topic=" + topic);
    settings.add("model.path=" + model);
    settings.add(
        "schemaRegistry.schema.registry.url=" + where.registry().get("schema.registry.url"));
    return ConfigReader.of(settings, ScorerConfig.class);
  }

  /** The pipeline with the model to try, and what else the options change. */
  private PipelineConfig candidate(PipelineConfig live) {
    InputConfig input = live.input();
    OutputConfig output = live.output();
    return new PipelineConfig(
        live.name(),
        format == null
            ? input
            : new InputConfig(
                null,
                input.pattern() == null ? input.topics() : null,
                input.pattern(),
                input.keyField(),
                format,
                input.startFrom(),
                input.clockTolerance()),
        new ModelConfig(
            model.toString(),
            live.model().watchEvery(),
            live.model().missingFields(),
            live.model().device()),
        alerts == null
            ? output
            : new OutputConfig(alerts, output.deadLetter(), output.scored(), output.createTopics()),
        live.alerts(),
        live.batch(),
        null,
        null);
  }
}
