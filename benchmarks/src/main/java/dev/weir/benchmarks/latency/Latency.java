package dev.weir.benchmarks.latency;

import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.WorkFolder;
import dev.weir.benchmarks.process.ScorerProcess;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from a record to its alert, at several rates, with exactly-once and
 * at-least-once.
 *
 * <p>The load is open: each record has its moment beforehand, and its delay counts from there, so
 * that a scorer that stalls is charged for all that had to wait, those that were not yet sent
 * included (Gil Tene calls it coordinated omission if it is not). The delay ends when a {@code
 * read_committed} consumer has the alert. Load, broker and consumer are in this process, the scorer
 * is in one of its own; each rate has a scorer and topics of its own.
 */
public final class Latency {
  private static final String SUBJECT = "hosts";
  private static final int DIFFERENT_ROWS = 20_000;
  private static final int DIFFERENT_ANOMALIES = 100;
  private static final Duration LEAD = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Few records but those that are made so are anomalous. */
  private static final double FALSE_ALARM_RATE = 1e-4;

  private final LatencyShape shape;
  private final PrintWriter out;

  public Latency(LatencyShape shape, PrintWriter out) {
    this.shape = shape;
    this.out = out;
  }

  /** Where all of it runs. */
  private record Scene(
      Path folder,
      EmbeddedBroker broker,
      LocalRegistryServer server,
      SchemaRegistry registry,
      Bundle bundle,
      List<byte[]> usual,
      List<byte[]> anomalous) {}

  /**
   * Measures and prints.
   *
   * @return the figures as JSON
   */
  public String run() {
    LatencyReport report = new LatencyReport(shape, out);
    try (WorkFolder work = new WorkFolder();
        EmbeddedBroker broker = EmbeddedBroker.start();
        LocalRegistryServer server = LocalRegistryServer.start();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()))) {
      out.println("training the model ...");
      out.flush();
      Bundle bundle =
          new BenchmarkModels(work.path(), new HostRecords(shape.features(), DIFFERENT_ROWS, 1))
              .train(
                  "autoencoder",
                  FALSE_ALARM_RATE,
                  "model.hiddenLayers=[64,32,8]",
                  "model.epochs=5");
      Scene scene =
          new Scene(
              work.path(),
              broker,
              server,
              registry,
              bundle,
              new HostRecords(shape.features(), DIFFERENT_ROWS, 2).framedAvro(SUBJECT, registry),
              HostRecords.anomalous(shape.features(), DIFFERENT_ANOMALIES, 3)
                  .framedAvro(SUBJECT, registry));
      report.begin();
      List<LatencyResult> results = new ArrayList<>();
      for (int rate : shape.rates()) {
        for (Guarantee guarantee : Guarantee.values()) {
          LatencyResult result = measure(scene, rate, guarantee);
          report.line(result);
          results.add(result);
        }
      }
      return report.end(results);
    } catch (IOException e) {
      throw new OperationFailedException("cannot write temporary files: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailedException("interrupted", e);
    }
  }

  private LatencyResult measure(Scene scene, int rate, Guarantee guarantee)
      throws IOException, InterruptedException {
    String name = "latency-" + rate + "-" + guarantee.key().replace('_', '-');
    for (String topic : List.of(name, name + "-alerts", name + "-dead-letter")) {
      scene.broker().createTopic(topic, shape.partitions());
    }
    Path config = config(scene, name, guarantee);
    ScorerProcess.Setting setting = new ScorerProcess.Setting(512, Duration.ofMillis(500), false);
    try (ScorerProcess scorer = ScorerProcess.start(config, setting)) {
      scorer.awaitReady();
      Schedule schedule = schedule(rate);
      try (AlertReader reader =
          new AlertReader(
              scene.broker().bootstrapServers(), name + "-alerts", schedule, scene.registry())) {
        Histogram late =
            new OpenLoopLoad(
                    scene.broker().bootstrapServers(), name, scene.usual(), scene.anomalous())
                .send(schedule);
        long missing = reader.awaitAll(PATIENCE);
        scorer.check();
        return new LatencyResult(rate, guarantee, reader.delays(), late, missing);
      }
    }
  }

  private Schedule schedule(int rate) {
    long warmUp = rate * shape.warmUp().toSeconds();
    return new Schedule(
        System.nanoTime() + LEAD.toNanos(),
        rate,
        shape.partitions(),
        warmUp + rate * shape.duration().toSeconds(),
        warmUp,
        rate / shape.alertsPerSecond());
  }

  private Path config(Scene scene, String name, Guarantee guarantee) throws IOException {
    return Files.writeString(
        scene.folder().resolve(name + ".yaml"),
        """
        applicationId: %s
        kafka:
          bootstrap.servers: %s
          state.dir: %s
          processing.guarantee: %s
        %s
        input: {topic: %1$s, format: avro}
        model: {path: %s}
        schemaRegistry: {schema.registry.url: "%s"}
        threads: %d
        http: {port: 0}
        """
            .formatted(
                name,
                scene.broker().bootstrapServers(),
                scene.folder().resolve("state"),
                guarantee.setting(),
                guarantee == Guarantee.EXACTLY_ONCE
                    ? "  commit.interval.ms: " + shape.commitInterval().toMillis()
                    : "",
                scene.bundle().folder(),
                scene.server().url(),
                shape.threads()));
  }
}
