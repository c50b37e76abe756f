package dev.weir.benchmarks.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.LocalPlatform;
import dev.weir.benchmarks.process.ScorerProcess;
import dev.weir.benchmarks.process.ScorerProcess.Sample;
import dev.weir.model.bundle.Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Runs the scorer for long, with all that could grow: windows and incidents of many keys, and
 * models that take over from one another. Broker and producer are in this process, the scorer is in
 * one of its own.
 *
 * <p>Says for each tenth of the time how much memory the scorer has (heap after a collection of
 * garbage, and resident), and how long alerts take; and, of the time after the first quarter, when
 * everything is warm, by how much memory grows an hour. A run without models that take over tells
 * what these add.
 */
public final class Soak {
  private static final String TOPIC = "hosts";
  private static final int PARTITIONS = 4;
  private static final int DIFFERENT_ROWS = 20_000;
  private static final int SPANS = 10;
  private static final double MEGABYTE = 1024 * 1024;
  private static final ScorerProcess.Setting SETTING =
      new ScorerProcess.Setting(512, Duration.ofSeconds(5), true);

  private final SoakShape shape;
  private final PrintWriter out;

  public Soak(SoakShape shape, PrintWriter out) {
    this.shape = shape;
    this.out = out;
  }

  /**
   * Of a span of time.
   *
   * @param heap megabytes in use after a collection of garbage, the mean
   * @param resident megabytes of the process, the mean
   * @param median milliseconds from a record to the alert of it
   * @param p99 the same, of one in a hundred
   * @param alerts how many
   */
  private record Span(double heap, double resident, long median, long p99, int alerts) {}

  /**
   * Measures and prints.
   *
   * @return the figures as JSON
   */
  public String run() {
    return LocalPlatform.use(this::run);
  }

  private String run(LocalPlatform platform) throws IOException, InterruptedException {
    out.println("training two models ...");
    out.flush();
    HostRecords history = new HostRecords(shape.features(), DIFFERENT_ROWS, 1);
    BenchmarkModels models = new BenchmarkModels(platform.folder(), history);
    ModelSwap swap =
        new ModelSwap(
            List.of(train(models, "a"), train(models, "b")), platform.folder().resolve("live"));
    List<byte[]> values =
        new HostRecords(shape.features(), DIFFERENT_ROWS, 2).framedAvro(TOPIC, platform.registry());
    platform.createTopics(TOPIC, PARTITIONS);
    String bootstrapServers = platform.broker().bootstrapServers();
    try (ScorerProcess scorer = ScorerProcess.start(config(platform), SETTING)) {
      awaitStart(scorer);
      try (SteadyLoad load = new SteadyLoad(bootstrapServers, TOPIC, shape, values);
          AlertTimes times =
              new AlertTimes(
                  bootstrapServers, TOPIC + "-alerts", PARTITIONS, platform.registry())) {
        return measure(load, scorer, times, swap);
      }
    }
  }

  private static Bundle train(BenchmarkModels models, String version) {
    return models.train(version, 0.001, "version=" + version, "model.window=4", "model.epochs=3");
  }

  private static Path config(LocalPlatform platform) throws IOException {
    Path folder = platform.folder();
    return Files.writeString(
        folder.resolve("soak.yaml"),
        """
        applicationId: soak
        kafka:
          bootstrap.servers: %s
          state.dir: %s
        input: {topic: %s, format: avro}
        model: {path: %s, watchEvery: 1s}
        schemaRegistry: {schema.registry.url: "%s"}
        alerts:
          incidents: {openAfter: 1, among: 1, updateEvery: 10s, closeAfter: 20s, maxPerHour: 1000}
        threads: 2
        http: {port: 0}
        """
            .formatted(
                platform.broker().bootstrapServers(),
                folder.resolve("state"),
                TOPIC,
                folder.resolve("live"),
                platform.registryUrl()));
  }

  private static void awaitStart(ScorerProcess scorer) throws InterruptedException {
    while (scorer.samples().isEmpty()) {
      scorer.check();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private String measure(SteadyLoad load, ScorerProcess scorer, AlertTimes times, ModelSwap swap)
      throws InterruptedException {
    out.printf(
        Locale.ROOT,
        "%,d records/s of %d features and %,d keys for %s, %s%n%n",
        shape.recordsPerSecond(),
        shape.features(),
        shape.keys(),
        readable(shape.duration()),
        shape.reloads() ? "another model every " + readable(shape.reloadEvery()) : "one model");
    out.println("  until  heap MB  resident MB  alert ms median     p99   alerts");
    long begun = System.nanoTime();
    long span = shape.duration().toNanos() / SPANS;
    long nextSwap = begun + shape.reloadEvery().toNanos();
    List<Span> spans = new ArrayList<>();
    while (spans.size() < SPANS) {
      long end = begun + (spans.size() + 1) * span;
      while (System.nanoTime() < end) {
        scorer.check();
        if (shape.reloads() && System.nanoTime() >= nextSwap) {
          swap.swap();
          nextSwap += shape.reloadEvery().toNanos();
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
      Span now = span(scorer.samples(), times, end - span, end);
      spans.add(now);
      out.printf(
          Locale.ROOT,
          "%7s  %7.1f  %11.1f  %15d  %6d  %7d%n",
          readable(Duration.ofNanos(end - begun)),
          now.heap(),
          now.resident(),
          now.median(),
          now.p99(),
          now.alerts());
      out.flush();
    }
    load.close();
    return report(load, scorer, times, swap, begun);
  }

  private String report(
      SteadyLoad load, ScorerProcess scorer, AlertTimes times, ModelSwap swap, long begun)
      throws InterruptedException {
    long quarter = shape.duration().toNanos() / 4;
    Span second = span(scorer.samples(), times, begun + quarter, begun + 2 * quarter);
    Span last = span(scorer.samples(), times, begun + 3 * quarter, begun + 4 * quarter);
    long sent = load.sent();
    long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (scored(scorer) < sent && System.nanoTime() < patience) {
      scorer.check();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%,d records were written and %,d scored; %d models took over%n",
        sent,
        scored(scorer),
        swap.swaps());
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("records_written", sent);
    json.put("records_scored", scored(scorer));
    json.put("models_swapped", swap.swaps());
    ratio(json, "ratio_heap_last_second_quarter", last.heap() / second.heap());
    ratio(json, "ratio_resident_last_second_quarter", last.resident() / second.resident());
    ratio(json, "ratio_p99_last_second_quarter", (double) last.p99() / second.p99());
    List<Sample> warm =
        scorer.samples().stream()
            .filter(each -> each.nanos() >= begun + quarter && each.nanos() < begun + 4 * quarter)
            .toList();
    trend(json, "heap_megabytes_an_hour", warm, Sample::heapBytes);
    trend(json, "resident_megabytes_an_hour", warm, Sample::residentBytes);
    json.put("heap_megabytes", last.heap());
    json.put("resident_megabytes", last.resident());
    json.put("record_to_alert_p99_milliseconds", last.p99());
    ArrayNode resident = json.putArray("resident_megabytes_all");
    scorer.samples().forEach(sample -> resident.add(sample.residentBytes() / MEGABYTE));
    return json.toPrettyString() + "\n";
  }

  private void trend(
      ObjectNode json, String key, List<Sample> samples, ToLongFunction<Sample> bytes) {
    Trend trend =
        Trend.of(
            samples.stream().mapToLong(Sample::nanos).toArray(),
            samples.stream().mapToDouble(each -> bytes.applyAsLong(each) / MEGABYTE).toArray());
    json.put(key, trend.perHour());
    json.put(key + "_margin", trend.margin());
    out.printf(
        Locale.ROOT, "%-36s %+6.2f +/- %.2f (95 %%)%n", key, trend.perHour(), trend.margin());
  }

  private void ratio(ObjectNode json, String key, double ratio) {
    json.put(key, ratio);
    out.printf(Locale.ROOT, "%-36s %6.3f%n", key, ratio);
  }

  private static long scored(ScorerProcess scorer) {
    List<Sample> samples = scorer.samples();
    return samples.get(samples.size() - 1).scored();
  }

  private static Span span(List<Sample> samples, AlertTimes times, long from, long to) {
    List<Sample> within =
        samples.stream().filter(each -> each.nanos() >= from && each.nanos() < to).toList();
    long[] millis = times.between(from, to);
    return new Span(
        within.stream().mapToLong(Sample::heapBytes).average().orElse(Double.NaN) / MEGABYTE,
        within.stream().mapToLong(Sample::residentBytes).average().orElse(Double.NaN) / MEGABYTE,
        quantile(millis, 0.5),
        quantile(millis, 0.99),
        millis.length);
  }

  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.floor(share * (sorted.length - 1))];
  }

  private static String readable(Duration duration) {
    return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
  }
}
