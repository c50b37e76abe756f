package dev.weir.schemas.registry;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small schema registry for tests and for trying Weir out without one: Confluent's REST API on
 * 127.0.0.1, kept in memory.
 *
 * <p>Answers, as Confluent's does, for {@code /subjects}, {@code /subjects/{subject}}, {@code
 * /subjects/{subject}/versions}, {@code /schemas/ids/{id}}, {@code /schemas/guids/{guid}}, {@code
 * /compatibility/subjects/{subject}/versions} and {@code /config/{subject}}; nothing can be
 * deleted. The same schema always has the same id; a new version must be backward compatible unless
 * the subject's rule is another (of JSON Schema and Protobuf, only the type is compared). There is
 * no authentication and nothing is kept after {@link #close}: it is no registry for production.
 */
public final class LocalRegistryServer implements AutoCloseable {
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  private LocalRegistryServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a registry on a free port.
   *
   * @throws IOException if no port can be bound
   */
  public static LocalRegistryServer start() throws IOException {
    return start(0);
  }

  /**
   * Starts a registry on this port, a free one if it is 0.
   *
   * @throws IOException if the port cannot be bound, for example because it is in use
   */
  public static LocalRegistryServer start(int port) throws IOException {
    return start(port, new Filter[0]);
  }

  /** Starts a registry behind filters, by which tests make it fail. */
  static LocalRegistryServer start(int port, Filter... filters) throws IOException {
    byte[] loopback = {127, 0, 0, 1};
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(loopback), port), 0);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "weir-registry-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    var context = server.createContext("/", new RegistryHandler(new RegisteredSchemas()));
    for (Filter filter : filters) {
      context.getFilters().add(filter);
    }
    server.start();
    return new LocalRegistryServer(server, threads);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What {@code schema.registry.url} must be to use this registry. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Stops answering at once and forgets all schemas. Does nothing the second time. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
