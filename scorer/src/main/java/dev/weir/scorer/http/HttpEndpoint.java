package dev.weir.scorer.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.secret.Secrets;
import dev.weir.scorer.config.HttpConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages and a stream of events, read-only. */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final int THREADS = 4;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  /** A request that takes longer to arrive is dropped: it would hold a thread for ever. */
  private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";

  private final HttpServer server;
  private final ExecutorService threads;
  private final EventStream events;
  private final AnswerTime time;

  private HttpEndpoint(
      HttpServer server, ExecutorService threads, EventStream events, AnswerTime time) {
    this.time = time;
    this.server = server;
    this.threads = threads;
    this.events = events;
  }

  /**
   * Binds and begins to serve.
   *
   * @param pages by their paths
   * @param events read at {@code /events}; closed with the endpoint
   * @throws InvalidInputException if a certificate or a password cannot be had
   * @throws OperationFailedException if the port cannot be had
   */
  public static HttpEndpoint start(HttpConfig config, Map<String, Page> pages, EventStream events) {
    return start(config, pages, events, LONGEST_ANSWER);
  }

  /** Does the same; an answer may take so long to be read. */
  static HttpEndpoint start(
      HttpConfig config, Map<String, Page> pages, EventStream events, Duration longestAnswer) {
    Optional<BasicAuth> auth =
        Optional.ofNullable(config.auth())
            .map(who -> new BasicAuth(who, Secrets.resolve("http.auth.password", who.password())));
    HttpServer server = bind(config);
    warnIfOpen(config, server.getAddress());
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, HttpEndpoint::thread);
    server.setExecutor(threads);
    AnswerTime time = new AnswerTime(longestAnswer);
    server.createContext(
        "/",
        new Router(
            pages, events, auth, time, server.getAddress().getAddress().isLoopbackAddress()));
    server.start();
    return new HttpEndpoint(server, threads, events, time);
  }

  private static HttpServer bind(HttpConfig config) {
    if (System.getProperty(LONGEST_REQUEST) == null) {
      System.setProperty(LONGEST_REQUEST, "30");
    }
    Optional<SSLContext> tls = Optional.ofNullable(config.tls()).map(ServerTls::context);
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    try {
      if (tls.isEmpty()) {
        return HttpServer.create(address, 0);
      }
      HttpsServer server = HttpsServer.create(address, 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(tls.get()) {
            @Override
            public void configure(HttpsParameters parameters) {
              parameters.setSSLParameters(ServerTls.parameters(getSSLContext()));
            }
          });
      return server;
    } catch (IOException e) {
      throw new OperationFailedException(
          "cannot serve the console and metrics on "
              + config.host()
              + ":"
              + config.port()
              + " ("
              + e.getMessage()
              + "); set http.port to a free port, or to 0 for any, and http.host to an address of this"
              + " machine",
          e);
    }
  }

  private static void warnIfOpen(HttpConfig config, InetSocketAddress bound) {
    if (bound.getAddress().isLoopbackAddress()) {
      return;
    }
    if (config.auth() == null) {
      log.warn(
          "whoever reaches {}:{} can read alerts with the keys and values of records: http.host is"
              + " not loopback and there is no http.auth; set http.auth, or http.host: 127.0.0.1",
          config.host(),
          bound.getPort());
    } else if (config.tls() == null) {
      log.warn(
          "the password of http.auth goes over the network as it is: set http.tls, or have a proxy"
              + " with TLS before {}:{}",
          config.host(),
          bound.getPort());
    }
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

  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
    time.close();
  }
}
