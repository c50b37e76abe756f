package dev.weir.cli.demo;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.cli.console.Numbers;
import dev.weir.cli.console.TrainingConsole;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo, from an empty temporary folder to a summary.
 *
 * <p>Uses the trainer and the scorer as {@code weir train} and {@code weir score} do. Nothing is
 * left behind once it is closed.
 */
public final class Demo implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Demo.class);
  private static final int PARTITIONS = 4;
  private static final String APPLICATION = "weir-demo";
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://weir-demo");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final PrintWriter out;
  private final boolean terminal;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private volatile boolean stopped;

  /**
   * A demo that has not started.
   *
   * @param terminal whether the output is a terminal that can be drawn on
   */
  public Demo(DemoOptions options, PrintWriter out, boolean terminal) {
    this.options = options;
    this.out = out;
    this.terminal = terminal;
  }

  /** Ends the stream early; the summary is still printed. May be called from any thread. */
  public void stop() {
    stopped = true;
  }

  /** Runs all of it, or as much as there is until it is stopped. */
  public void run() throws IOException, InterruptedException {
    try {
      runUntilStopped();
    } catch (StoppableProgress.StoppedException e) {
      say("stopped");
    } catch (RuntimeException | LinkageError e) {
      // Parts that are being started when the process is asked to end may fail in ways of their
      // own.
      if (!stopped) {
        throw e;
      }
      log.info("stopped while starting", e);
      say("stopped");
    }
  }

  private void runUntilStopped() throws IOException, InterruptedException {
    DemoData data =
        options
            .data()
            .<DemoData>map(FileData::new)
            .orElseGet(() -> new FleetData(options.duration()));
    say("Weir demo: " + data.description() + ".");
    Path folder = own(new TemporaryFolder()).path();
    EmbeddedBroker broker = startBroker();
    broker.createTopic(data.topic(), PARTITIONS);
    RecordSender sender = own(new RecordSender(broker.bootstrapServers(), data.topic()));
    writeHistory(data, sender);
    if (stopped) {
      return;
    }
    Bundle bundle = train(data, broker, folder.resolve("model"));
    if (stopped) {
      return;
    }
    ScorerApplication scorer = startScorer(data, broker, folder);
    stream(data, broker, sender, scorer, bundle);
  }

  private EmbeddedBroker startBroker() {
    long started = System.nanoTime();
    EmbeddedBroker broker = own(EmbeddedBroker.start());
    step(1, "Kafka broker on " + broker.bootstrapServers() + " (" + since(started) + ")");
    return broker;
  }

  private void writeHistory(DemoData data, RecordSender sender) {
    long started = System.nanoTime();
    long records = sender.sendAll(data.history(), () -> stopped);
    step(
        2,
        "history: "
            + Numbers.count(records)
            + " records written to topic "
            + data.topic()
            + " ("
            + since(started)
            + ")");
  }

  private Bundle train(DemoData data, EmbeddedBroker broker, Path target) {
    step(3, "training an autoencoder on that topic");
    TrainConfig config =
        ConfigReader.of(
            List.of(
                "name=demo",
                "source.type=kafka",
                "source.topic=" + data.topic(),
                "source.kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "features.include=" + quoted(data.features()),
                "model.epochs=12",
                "threshold.falseAlarmRate=" + data.falseAlarmRate()),
            TrainConfig.class);
    TrainingConsole console = new TrainingConsole(out, terminal);
    TrainingProgress progress = new StoppableProgress(console, () -> stopped);
    Bundle bundle = new TrainingRun(config, progress, Clock.systemUTC()).run(target);
    console.finish();
    say("  report, until the demo ends: " + bundle.reportFile().toUri());
    return bundle;
  }

  private static String quoted(List<String> names) {
    return "['" + String.join("','", names.stream().map(n -> n.replace("'", "''")).toList()) + "']";
  }

  private ScorerApplication startScorer(DemoData data, EmbeddedBroker broker, Path folder)
      throws InterruptedException {
    long started = System.nanoTime();
    StartOffsets.fromNow(broker.bootstrapServers(), APPLICATION, data.topic(), PARTITIONS);
    ScorerConfig config =
        ConfigReader.of(
            List.of(
                "applicationId=" + APPLICATION,
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.state.dir=" + folder.resolve("state"),
                "input.topic=" + data.topic(),
                "model.path=" + folder.resolve("model"),
                "output.createTopics=true",
                "schemaRegistry.schema.registry.url=" + REGISTRY.get("schema.registry.url"),
                "http.port=" + options.port()),
            ScorerConfig.class);
    ScorerApplication scorer = own(ScorerApplication.start(config));
    if (!scorer.awaitReady(PATIENCE)) {
      throw new OperationFailedException(
          "the scorer was not ready within " + PATIENCE.toSeconds() + " s; run with --verbose");
    }
    step(
        4,
        "scorer, exactly once; live console on http://127.0.0.1:"
            + scorer.httpPort()
            + "/ ("
            + since(started)
            + ")");
    return scorer;
  }

  private void stream(
      DemoData data,
      EmbeddedBroker broker,
      RecordSender sender,
      ScorerApplication scorer,
      Bundle bundle)
      throws InterruptedException {
    SchemaRegistry registry = own(SchemaRegistries.open(REGISTRY));
    AlertPrinter printer = new AlertPrinter(out, terminal);
    DemoTally tally = new DemoTally();
    AlertWatcher watcher =
        own(
            new AlertWatcher(
                broker.bootstrapServers(),
                data.topic() + "-alerts",
                PARTITIONS,
                registry,
                (alert, arrived) -> {
                  tally.alert(
                      alert,
                      sender.faultAt(alert.getSourcePartition(), alert.getSourceOffset()),
                      arrived);
                  printer.alert(alert);
                }));
    double rate = data.streamSize() / (double) options.duration().toSeconds();
    step(
        5,
        "streaming "
            + Numbers.count(data.streamSize())
            + " records in "
            + Numbers.duration(options.duration())
            + ", with "
            + data.faults().size()
            + " faults; alerts as they come:");
    long started = System.nanoTime();
    long sent = sender.sendPaced(data.stream(), rate, printer::fault, () -> stopped);
    awaitScored(scorer, sent);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    if (!watcher.awaitSeen(scorer.alertsRaised(), PATIENCE)) {
      say("  note: not all alerts had arrived after " + PATIENCE.toSeconds() + " s");
    }
    printer.finish();
    say(new DemoSummary(data, sender, scorer, bundle, tally, took).text());
  }

  private static void awaitScored(ScorerApplication scorer, long sent) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (scorer.recordsSeen() < sent && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    if (scorer.recordsSeen() < sent) {
      throw new OperationFailedException(
          "the scorer saw "
              + scorer.recordsSeen()
              + " of "
              + sent
              + " records within "
              + PATIENCE.toSeconds()
              + " s; run with --verbose");
    }
  }

  private void step(int number, String what) {
    say("[" + number + "/5] " + what);
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  private static String since(long startedNanos) {
    return Numbers.duration(Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("closing {} failed", resource.getClass().getSimpleName(), e);
      }
    }
  }

  /** A folder that goes when it is closed. */
  private static final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    TemporaryFolder() throws IOException {
      path = Files.createTempDirectory("weir-demo-");
    }

    Path path() {
      return path;
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
