package dev.weir.scorer.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.HttpConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}, read-only.
 *
 * <p>Live means that the process need not be restarted; ready, that it is scoring.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpEndpoint(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Binds and begins to serve.
   *
   * @throws OperationFailedException if the port cannot be had
   */
  public static HttpEndpoint start(
      HttpConfig config, Supplier<String> metrics, BooleanSupplier live, BooleanSupplier ready) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
    } catch (IOException e) {
      throw new OperationFailedException(
          "cannot serve metrics on "
              + config.host()
              + ":"
              + config.port()
              + " ("
              + e.getMessage()
              + "); set http.port to a free port, or to 0 for any, and http.host to an address of this"
              + " machine",
          e);
    }
    ExecutorService threads = Executors.newFixedThreadPool(2, HttpEndpoint::thread);
    server.setExecutor(threads);
    server.createContext("/metrics", e -> answerMetrics(e, metrics));
    server.createContext("/health/live", e -> answerHealth(e, live.getAsBoolean()));
    server.createContext("/health/ready", e -> answerHealth(e, ready.getAsBoolean()));
    server.createContext(
        "/", e -> answer(e, 404, PLAIN, "there is /metrics, /health/live and /health/ready\n"));
    server.start();
    return new HttpEndpoint(server, threads);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weir-http");
    thread.setDaemon(true);
    return thread;
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answerMetrics(HttpExchange exchange, Supplier<String> metrics)
      throws IOException {
    String text;
    try {
      text = metrics.get();
    } catch (RuntimeException e) {
      log.error("metrics cannot be served", e);
      answer(exchange, 500, PLAIN, "metrics cannot be served; the log says why\n");
      return;
    }
    answer(exchange, 200, PROMETHEUS, text);
  }

  private static void answerHealth(HttpExchange exchange, boolean good) throws IOException {
    answer(exchange, good ? 200 : 503, PLAIN, good ? "yes\n" : "no\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
