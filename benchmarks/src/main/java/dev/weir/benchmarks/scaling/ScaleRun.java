package dev.weir.benchmarks.scaling;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.LocalPlatform;
import dev.weir.benchmarks.process.ScorerProcess;
import dev.weir.benchmarks.process.ScorerProcess.Sample;
import dev.weir.benchmarks.process.ScorerProcess.Setting;
import dev.weir.benchmarks.stream.RecordTopic;
import dev.weir.benchmarks.stream.StreamShape;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Runs workloads, one after the other: scorers in processes of their own are started on empty
 * topics, records are written in a transaction, so that scorers see them all at once, and from when
 * a part is scored it counts until all are. Not thread-safe.
 */
final class ScaleRun {
  private static final int DIFFERENT_ROWS = 5000;
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** While the first ones are scored, code is compiled. */
  private static final double WARM_UP = 0.3;

  private final LocalPlatform platform;
  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Map<String, Path> bundles = new HashMap<>();
  private int runs;

  ScaleRun(LocalPlatform platform) {
    this.platform = platform;
  }

  /** What all instances have done by a moment. */
  private record Progress(long scored, long cpuNanos, long nanos) {
    static Progress of(List<ScorerProcess> scorers) {
      long scored = 0;
      long cpu = 0;
      for (ScorerProcess scorer : scorers) {
        Sample latest = scorer.latest();
        scored += latest.scored();
        cpu += latest.cpuNanos();
      }
      return new Progress(scored, cpu, System.nanoTime());
    }
  }

  /**
   * Measures a workload.
   *
   * @param size of what grows
   */
  ScalePoint measure(int size, Workload work) throws IOException, InterruptedException {
    String name = "scale-" + ++runs;
    List<String> topics = IntStream.range(0, work.models()).mapToObj(m -> name + "-" + m).toList();
    List<byte[]> values =
        new HostRecords(work.features(), DIFFERENT_ROWS, 2)
            .framedAvro("features-" + work.features(), platform.registry());
    Path bundle = bundle(work.features(), work.window());
    StreamShape shape =
        new StreamShape(
            work.recordsPerModel(),
            work.features(),
            work.partitions(),
            work.threads(),
            work.keys());
    List<ScorerProcess> scorers = new ArrayList<>();
    try {
      topics.forEach(topic -> platform.createTopics(topic, work.partitions()));
      for (int i = 0; i < work.instances(); i++) {
        Path config = config(name, i, work, topics, bundle);
        scorers.add(ScorerProcess.start(config, new Setting(work.heapMegabytes(), EVERY, false)));
      }
      for (ScorerProcess scorer : scorers) {
        scorer.awaitReady();
      }
      RecordTopic.writeAtOnce(
          topics.stream().map(topic -> new RecordTopic(platform.broker(), topic, shape)).toList(),
          values);
      return await(size, work, scorers);
    } finally {
      scorers.forEach(ScorerProcess::close);
      platform.deleteTopics(topics);
    }
  }

  private ScalePoint await(int size, Workload work, List<ScorerProcess> scorers)
      throws InterruptedException {
    long all = (long) work.recordsPerModel() * work.models();
    Progress first = until(scorers, (long) (WARM_UP * all));
    double ignored = machine.getCpuLoad();
    Progress last = until(scorers, all);
    double load = machine.getCpuLoad();
    long scored = last.scored() - first.scored();
    if (scored < all / 10) {
      throw new OperationFailedException(
          "%,d records were scored within %d ms, too fast to be measured; take more with --records"
              .formatted(all, EVERY.toMillis()));
    }
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    double cpuSeconds = (last.cpuNanos() - first.cpuNanos()) / 1e9;
    Sample memory = scorers.get(0).collectGarbage();
    int threads =
        Math.min(
            work.instances() * work.threads(),
            work.models() * Math.min(work.partitions(), work.keys()));
    return new ScalePoint(
        size,
        scored / seconds,
        cpuSeconds * 1e6 / scored,
        cpuSeconds / seconds,
        threads,
        Double.isNaN(ignored) ? Double.NaN : load,
        memory.heapBytes(),
        memory.residentBytes());
  }

  private static Progress until(List<ScorerProcess> scorers, long goal)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Progress now = Progress.of(scorers);
    while (now.scored() < goal) {
      scorers.forEach(ScorerProcess::check);
      if (System.nanoTime() > end) {
        throw new OperationFailedException(
            "only %,d of %,d records were scored within %d minutes; take fewer with --records"
                .formatted(now.scored(), goal, PATIENCE.toMinutes()));
      }
      TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
      now = Progress.of(scorers);
    }
    return now;
  }

  private Path bundle(int features, int window) {
    return bundles.computeIfAbsent(
        "model-%d-%d".formatted(features, window),
        name -> {
          try {
            Path place = Files.createDirectory(platform.folder().resolve(name));
            return new BenchmarkModels(place, new HostRecords(features, DIFFERENT_ROWS, 1))
                .train(
                    name,
                    0.001,
                    "model.window=" + window,
                    "model.hiddenLayers=[64,32,8]",
                    "model.epochs=2")
                .folder();
          } catch (IOException e) {
            throw new OperationFailedException("cannot write a bundle: " + e, e);
          }
        });
  }

  private Path config(String name, int instance, Workload work, List<String> topics, Path bundle)
      throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        applicationId: %s
        kafka:
          bootstrap.servers: %s
          state.dir: %s
        schemaRegistry: {schema.registry.url: "%s"}
        threads: %d
        http: {port: 0}
        pipelines:
        """
            .formatted(
                name,
                platform.broker().bootstrapServers(),
                platform.folder().resolve("state-" + instance),
                platform.registryUrl(),
                work.threads()));
    for (String topic : topics) {
      yaml.append(
          """
            - name: %s
              input: {topic: %1$s, format: avro}
              model: {path: %s}
          """
              .formatted(topic, bundle));
    }
    return Files.writeString(platform.folder().resolve(name + "-" + instance + ".yaml"), yaml);
  }
}
