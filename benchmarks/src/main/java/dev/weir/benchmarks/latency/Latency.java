package dev.weir.benchmarks.latency;

import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.LocalPlatform;
import dev.weir.benchmarks.process.ScorerProcess;
import dev.weir.model.bundle.Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** What is measured with. */
  private record Scene(
      LocalPlatform platform, Bundle bundle, List<byte[]> usual, List<byte[]> anomalous) {}

  /**
   * Measures and prints.
   *
   * @return the figures as JSON
   */
  public String run() {
    return LocalPlatform.use(this::run);
  }

  private String run(LocalPlatform platform) throws IOException, InterruptedException {
    LatencyReport report = new LatencyReport(shape, out);
    out.println("training the model ...");
    out.flush();
    Bundle bundle =
        new BenchmarkModels(platform.folder(), new HostRecords(shape.features(), DIFFERENT_ROWS, 1))
            .train(
                "autoencoder", FALSE_ALARM_RATE, "model.hiddenLayers=[64,32,8]", "model.epochs=5");
    Scene scene =
        new Scene(
            platform,
            bundle,
            new HostRecords(shape.features(), DIFFERENT_ROWS, 2)
                .framedAvro(SUBJECT, platform.registry()),
            HostRecords.anomalous(shape.features(), DIFFERENT_ANOMALIES, 3)
                .framedAvro(SUBJECT, platform.registry()));
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
  }

  private LatencyResult measure(Scene scene, int rate, Guarantee guarantee)
      throws IOException, InterruptedException {
    String name = "latency-" + rate + "-" + guarantee.key().replace('_', '-');
    LocalPlatform platform = scene.platform();
    platform.createTopics(name, shape.partitions());
    String bootstrapServers = platform.broker().bootstrapServers();
    Path config = config(scene, name, guarantee);
    ScorerProcess.Setting setting = new ScorerProcess.Setting(512, Duration.ofMillis(500), false);
    try (ScorerProcess scorer = ScorerProcess.start(config, setting)) {
      scorer.awaitReady();
      Schedule schedule = schedule(rate);
      try (AlertReader reader =
          new AlertReader(bootstrapServers, name + "-alerts", schedule, platform.registry())) {
        Histogram late =
            new OpenLoopLoad(bootstrapServers, name, scene.usual(), scene.anomalous())
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
        scene.platform().folder().resolve(name + ".yaml"),
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
                scene.platform().broker().bootstrapServers(),
                scene.platform().folder().resolve("state"),
                guarantee.setting(),
                guarantee == Guarantee.EXACTLY_ONCE
                    ? "  commit.interval.ms: " + shape.commitInterval().toMillis()
                    : "",
                scene.bundle().folder(),
                scene.platform().registryUrl(),
                shape.threads()));
  }
}
