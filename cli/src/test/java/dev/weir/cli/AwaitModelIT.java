package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir score --await-model}, as a process of its own, beside the training of its model. */
@Timeout(180)
class AwaitModelIT {
  private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/health");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private String address;

  @Test
  void shouldBeSeenWhileItWaitsAndThenScoreOnTheSamePort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      // Given a scorer without a model
      broker.createTopic("rows", 1);
      Path bundle = folder.resolve("bundle");
      Path log = folder.resolve("log");
      Process scorer = start(broker, bundle, log);
      try {
        await(scorer, "its address", () -> read(log).map(found -> address = found).isPresent());
        assertThat(get("/health/live")).isEqualTo("200 yes\n");
        assertThat(get("/health/ready")).isEqualTo("503 waiting for a model at " + bundle + "\n");
        assertThat(get("/metrics")).contains("\nweir_awaiting_model 1.0\n", "\njvm_memory_used_");

        // When its model comes, while somebody looks all the time
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Thread looking = looking(seen);
        TinyBundle.train(folder);
        await(scorer, "readiness", () -> get("/health/ready").equals("200 yes\n"));
        looking.interrupt();
        looking.join();

        // Then it was live without a gap
        assertThat(seen).containsExactly("200 yes\n");
        assertThat(get("/metrics")).contains("\nweir_awaiting_model 0.0\n", "\nkafka_stream_");
        assertThat(get("/models")).contains("\"tiny\"");
        scorer.destroy();
        assertThat(scorer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(scorer.exitValue()).isEqualTo(143);
      } finally {
        scorer.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(EmbeddedBroker broker, Path bundle, Path log) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("score.yaml"),
            """
            applicationId: rows
            kafka: {bootstrap.servers: "%s", state.dir: "%s"}
            input: {topic: rows}
            model: {path: "%s"}
            output: {createTopics: true}
            schemaRegistry: {schema.registry.url: "mock://rows"}
            http: {port: 0}
            """
                .formatted(broker.bootstrapServers(), folder.resolve("state"), bundle));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.cli.Weir",
            "score",
            config.toString(),
            "--await-model=2m")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Asks again and again whether the scorer is live, and keeps what it is told, or what failed. */
  private Thread looking(Set<String> seen) throws Exception {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!Thread.interrupted()) {
                  seen.add(get("/health/live"));
                  TimeUnit.MILLISECONDS.sleep(5);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                seen.add(e.toString());
              }
            });
    thread.start();
    await(null, "a first look", () -> !seen.isEmpty());
    return thread;
  }

  private static Optional<String> read(Path log) throws IOException {
    Matcher matcher = ADDRESS.matcher(Files.readString(log));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private void await(Process scorer, String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.call()) {
      if (System.nanoTime() > end || (scorer != null && !scorer.isAlive())) {
        throw new AssertionError(what + " in vain: " + Files.readString(folder.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
