package dev.weir.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.WorkFolder;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.inference.ModelHost;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records a second of the scorer's topology with different models, of the same topology without
 * one, and of bare consumers: the same records from the same broker in this JVM, each variant
 * several times in turn after a first time that does not count. Medians count, and only their
 * ratios mean something on another machine.
 */
public final class Throughput implements AutoCloseable {
  private static final String TOPIC = "hosts";
  private static final int DIFFERENT_ROWS = 20_000;
  private static final int ANOMALOUS_EVERY = 1000;
  private static final double FALSE_ALARM_RATE = 1.0 / ANOMALOUS_EVERY;

  /** Of records for variants that would take minutes for all. */
  private static final int SLOW = 10;

  private final StreamShape shape;
  private final List<String> wanted;
  private final PrintWriter out;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /**
   * Sets a run up.
   *
   * @param wanted names of variants; empty for all
   */
  public Throughput(StreamShape shape, List<String> wanted, PrintWriter out) {
    this.shape = shape;
    this.wanted = List.copyOf(wanted);
    this.out = out;
  }

  /**
   * Measures and prints.
   *
   * @param warmUps how often each variant runs before it counts: broker, producers and consumers
   *     are compiled meanwhile, which takes the JVM half a minute of the processor
   * @param rounds how often each counts
   * @return the figures as JSON
   */
  public String run(int warmUps, int rounds) {
    List<Variant> variants = variants();
    Map<Variant, List<Speed>> rates = new LinkedHashMap<>();
    for (int round = 1 - warmUps; round <= rounds; round++) {
      for (Variant variant : variants) {
        boolean counts = round > 0;
        Speed speed = variant.run(variant.records());
        out.printf(
            Locale.ROOT,
            "%s  %-12s %,12.0f records/s, %6.2f us of CPU each%n",
            counts ? "round " + round : "warm-up",
            variant.name(),
            speed.recordsPerSecond(),
            speed.cpuMicros());
        out.flush();
        if (counts) {
          rates.computeIfAbsent(variant, unused -> new ArrayList<>()).add(speed);
        }
      }
    }
    return report(rates);
  }

  private List<Variant> variants() {
    out.printf(
        Locale.ROOT,
        "%,d Avro records of %d float fields, %d keys, %d partitions, %d threads, %d cores%n",
        shape.records(),
        shape.features(),
        shape.keys(),
        shape.partitions(),
        shape.threads(),
        Runtime.getRuntime().availableProcessors());
    out.println("training the models and filling the topic ...");
    out.flush();
    Path folder = own(new WorkFolder()).path();
    EmbeddedBroker broker = own(EmbeddedBroker.start());
    SchemaRegistry registry =
        own(SchemaRegistries.open(Map.of("schema.registry.url", "mock://benchmark")));
    HostRecords history = new HostRecords(shape.features(), DIFFERENT_ROWS, 1);
    List<byte[]> values =
        new HostRecords(shape.features(), DIFFERENT_ROWS, 2).framedAvro(TOPIC, registry);
    RecordTopic topic = RecordTopic.fill(broker, TOPIC, shape, values);
    TopologyVariant.Scene scene = new TopologyVariant.Scene(topic, registry, folder);
    BenchmarkModels models = new BenchmarkModels(folder, history);
    int all = shape.records();

    List<Variant> variants = new ArrayList<>();
    ModelHost autoencoder =
        load(
            models.train(
                "autoencoder", FALSE_ALARM_RATE, "model.hiddenLayers=[64,32,8]", "model.epochs=5"));
    NoModel none = new NoModel(autoencoder.manifest(), ANOMALOUS_EVERY);
    String network = "autoencoder %d-64-32-8-32-64-%1$d".formatted(shape.features());
    variants.add(new ConsumeVariant(topic));
    variants.add(new TopologyVariant("decode", "the scorer without a model", all, scene, none));
    variants.add(new TopologyVariant("weir", network, all, scene, autoencoder));
    variants.add(
        new TopologyVariant(
            "weir_alo",
            network + ", at least once",
            all,
            scene,
            autoencoder,
            "kafka.processing.guarantee=at_least_once"));
    if (isWanted("som")) {
      ModelHost som =
          load(
              models.train(
                  "som",
                  FALSE_ALARM_RATE,
                  "model.family=som",
                  "model.rows=16",
                  "model.columns=16"));
      variants.add(new TopologyVariant("som", "SOM 16x16", all, scene, som));
    }
    if (isWanted("vae")) {
      ModelHost vae =
          load(models.train("vae", FALSE_ALARM_RATE, "model.family=vae", "model.epochs=5"));
      variants.add(new TopologyVariant("vae", "variational autoencoder", all, scene, vae));
    }
    if (isWanted("windowed")) {
      ModelHost windowed =
          load(
              models.train(
                  "windowed",
                  FALSE_ALARM_RATE,
                  "model.window=16",
                  "model.hiddenLayers=[64,32,8]",
                  "model.epochs=3"));
      variants.add(
          new TopologyVariant(
              "windowed", "autoencoder on 16 rows, with state", all / 2, scene, windowed));
    }
    variants.add(
        new TopologyVariant(
            "unbatched",
            network + ", one inference a record",
            all / SLOW,
            scene,
            autoencoder,
            "batch.maxRows=1"));
    variants.add(
        new TopologyVariant(
            "rcf",
            "random cut forest, 50 trees of 256",
            all / SLOW,
            scene,
            new ForestModel(autoencoder.manifest(), history, ANOMALOUS_EVERY)));
    variants.removeIf(variant -> !isWanted(variant.name()));
    return variants;
  }

  private ModelHost load(Bundle bundle) {
    return own(ModelHost.open(bundle.folder(), ComputeDevice.CPU, unused -> {}));
  }

  private boolean isWanted(String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private String report(Map<Variant, List<Speed>> rates) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    Map<String, Double> medians = new LinkedHashMap<>();
    out.println();
    out.println("variant           records/s     lowest    highest  us of CPU a record");
    rates.forEach(
        (variant, each) -> {
          List<Double> sorted = each.stream().map(Speed::recordsPerSecond).sorted().toList();
          double median = median(sorted);
          double cpu = median(each.stream().map(Speed::cpuMicros).sorted().toList());
          medians.put(variant.name(), median);
          json.put(variant.name() + "_records_per_second", Math.round(median));
          json.put(variant.name() + "_cpu_micros_per_record", cpu);
          out.printf(
              Locale.ROOT,
              "%-12s %,14.0f %,10.0f %,10.0f %8.2f  %s%n",
              variant.name(),
              median,
              sorted.get(0),
              sorted.get(sorted.size() - 1),
              cpu,
              variant.description());
        });
    out.println();
    ratio(json, medians, "ratio_decode_consume", "decode", "consume");
    ratio(json, medians, "ratio_weir_decode", "weir", "decode");
    ratio(json, medians, "ratio_weir_consume", "weir", "consume");
    ratio(json, medians, "ratio_weir_unbatched", "weir", "unbatched");
    ratio(json, medians, "ratio_weir_rcf", "weir", "rcf");
    ratio(json, medians, "ratio_weir_alo_eos", "weir_alo", "weir");
    json.put("records", shape.records());
    json.put("features", shape.features());
    json.put("cores", Runtime.getRuntime().availableProcessors());
    return json.toPrettyString() + "\n";
  }

  private void ratio(
      ObjectNode json, Map<String, Double> medians, String key, String of, String to) {
    if (medians.containsKey(of) && medians.containsKey(to)) {
      double ratio = medians.get(of) / medians.get(to);
      json.put(key, ratio);
      out.printf(Locale.ROOT, "%-22s %6.2f%n", key, ratio);
    }
  }

  private static double median(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new OperationFailedException("cannot clean up: " + e, e);
      }
    }
  }
}
