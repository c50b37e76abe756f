package dev.weir.apicurio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Apicurio's registry, a program that nobody here wrote, in a process of its own.
 *
 * <p>The build unpacks it into the folder that the system property {@code apicurio.folder} names.
 * It listens on 127.0.0.1 only, keeps its schemas in its memory, and ends with this JVM if not
 * before.
 */
public final class ApicurioServer implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(60);

  private final Process process;
  private final Thread killer;
  private final Path log;
  private final String url;

  private ApicurioServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    this.killer = new Thread(process::destroyForcibly, "apicurio-killer");
    // If the tests are stopped, too, nothing is left behind.
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /**
   * Starts it without any schema and waits until it answers.
   *
   * @param log the file for what it says, written anew
   * @throws IOException if it is not there, or does not answer within a minute
   */
  public static ApicurioServer start(Path log) throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("apicurio.folder"));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                "-jar",
                runner(folder).toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioServer server = new ApicurioServer(process, log, port);
    try {
      server.awaitAnswer();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Confluent's API, as {@code schema.registry.url} wants it. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Runtime.getRuntime().removeShutdownHook(killer);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(TO_START).build();
    Instant end = Instant.now().plus(TO_START);
    while (process.isAlive() && Instant.now().isBefore(end)) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      }
      Thread.sleep(100);
    }
    throw new IOException(
        "Apicurio does not answer at " + url + "; it says:\n" + Files.readString(log));
  }

  private static Path runner(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> runners = files.filter(f -> f.toString().endsWith("-runner.jar")).toList();
      if (runners.size() != 1) {
        throw new IOException(
            "expected Apicurio in " + folder + ", which the build unpacks, but found " + runners);
      }
      return runners.get(0);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
