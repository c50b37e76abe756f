package dev.weir.benchmarks.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.WorkFolder;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.LocalRegistryServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Seconds from the command to {@code weir score} being ready, as {@code /health/ready} says it, and
 * to the first alert of {@code weir demo}, as it prints it; in turn with an archive of classes and
 * without, several times. What has to be built, and the archive, are made before.
 *
 * <p>The scorer has a broker and a registry in this process, a topic of four partitions without
 * records, a model of 38 features, and each time an application id of its own.
 */
public final class StartTimes {
  /** What can be started. */
  public enum Program {
    SCORE,
    DEMO
  }

  private static final String TOPIC = "hosts";
  private static final int PARTITIONS = 4;
  private static final int FEATURES = 38;
  private static final Pattern READY_AT = Pattern.compile("ready\\? (http\\S+)");
  private static final Pattern FIRST_ALERT =
      Pattern.compile("^\\s+\\d\\d:\\d\\d:\\d\\d\\.\\d\\s+\\S*(LOW|MEDIUM|HIGH|CRITICAL)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Launcher launcher;
  private final List<Program> programs;
  private final PrintWriter out;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Sets a comparison up.
   *
   * @param launcher {@code bin/weir}
   */
  public StartTimes(Path launcher, List<Program> programs, PrintWriter out) {
    this.launcher = new Launcher(launcher);
    this.programs = List.copyOf(programs);
    this.out = out;
  }

  /**
   * Measures and prints.
   *
   * @return the figures as JSON
   */
  public String run(int rounds) {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    try (WorkFolder work = new WorkFolder();
        EmbeddedBroker broker = EmbeddedBroker.start();
        LocalRegistryServer registry = LocalRegistryServer.start()) {
      launcher.prepare();
      for (String topic : List.of(TOPIC, TOPIC + "-alerts", TOPIC + "-dead-letter")) {
        broker.createTopic(topic, PARTITIONS);
      }
      Bundle bundle =
          new BenchmarkModels(work.path(), new HostRecords(FEATURES, 5000, 1))
              .train("autoencoder", 0.001, "model.hiddenLayers=[64,32,8]", "model.epochs=3");
      // The first time the disk is read and not the memory.
      for (int round = 0; round <= rounds; round++) {
        for (Program program : programs) {
          for (boolean shared : new boolean[] {true, false}) {
            double took =
                program == Program.SCORE
                    ? score(shared, config(work.path(), broker, registry, bundle, round, shared))
                    : demo(shared);
            String key =
                program.name().toLowerCase(Locale.ROOT) + (shared ? "_shared" : "_unshared");
            out.printf(
                Locale.ROOT,
                "%s  %-15s %6.2f s%n",
                round > 0 ? "round " + round : "warm-up",
                key.replace('_', ' '),
                took);
            out.flush();
            if (round > 0) {
              seconds.computeIfAbsent(key, unused -> new ArrayList<>()).add(took);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new OperationFailedException("cannot write temporary files: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailedException("interrupted", e);
    }
    return report(seconds);
  }

  private double score(boolean shared, Path config) throws InterruptedException {
    long begun = System.nanoTime();
    try (Started scorer =
        new Started(launcher.start(shared, "score", config.toString()), READY_AT)) {
      URI ready = URI.create(scorer.await("the address of weir score").match().group(1));
      long end = begun + PATIENCE.toNanos();
      while (!answers(ready)) {
        if (System.nanoTime() > end) {
          throw new OperationFailedException("weir score was not ready within " + PATIENCE);
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  private boolean answers(URI ready) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      throw new OperationFailedException("weir score does not answer at " + ready + ": " + e, e);
    }
  }

  private double demo(boolean shared) throws InterruptedException {
    long begun = System.nanoTime();
    try (Started demo = new Started(launcher.start(shared, "demo"), FIRST_ALERT)) {
      return (demo.await("the first alert of weir demo").nanos() - begun) / 1e9;
    }
  }

  private static Path config(
      Path folder,
      EmbeddedBroker broker,
      LocalRegistryServer registry,
      Bundle bundle,
      int round,
      boolean shared)
      throws IOException {
    String name = "start-" + round + (shared ? "-shared" : "-unshared");
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        applicationId: %s
        kafka:
          bootstrap.servers: %s
          state.dir: %s
        input: {topic: %s, format: avro}
        model: {path: %s}
        schemaRegistry: {schema.registry.url: "%s"}
        threads: 2
        http: {port: 0}
        """
            .formatted(
                name,
                broker.bootstrapServers(),
                folder.resolve("state"),
                TOPIC,
                bundle.folder(),
                registry.url()));
  }

  private String report(Map<String, List<Double>> seconds) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    out.printf(
        Locale.ROOT,
        "%nseconds, %d cores, Java %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    out.println("start              median   lowest  highest");
    seconds.forEach(
        (key, each) -> {
          List<Double> sorted = each.stream().sorted().toList();
          double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
          out.printf(
              Locale.ROOT,
              "%-16s %8.2f %8.2f %8.2f%n",
              key.replace('_', ' '),
              median,
              sorted.get(0),
              sorted.get(sorted.size() - 1));
          json.put("start_" + key + "_seconds", median);
          ArrayNode all = json.putArray("start_" + key + "_seconds_all");
          each.forEach(all::add);
        });
    json.put("cores", Runtime.getRuntime().availableProcessors());
    json.put("java", System.getProperty("java.version"));
    return json.toPrettyString() + "\n";
  }
}
