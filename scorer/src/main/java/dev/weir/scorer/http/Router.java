package dev.weir.scorer.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a request asks for, if whoever asks may read it. Thread-safe. */
final class Router implements HttpHandler {
  /** Where events are read. */
  static final String EVENTS = "/events";

  private static final Logger log = LoggerFactory.getLogger(Router.class);

  /** Nothing but our own files is loaded, and no page may frame ours. */
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|[^:]*\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

  private final Map<String, Page> pages;
  private final EventStream events;
  private final Optional<BasicAuth> auth;
  private final boolean isForThisMachine;
  private final AnswerTime time;

  /**
   * A router for what an endpoint serves.
   *
   * @param time that an answer has
   * @param isLoopback whether it is bound to this machine alone. Then, unless there is a password,
   *     a page of somebody else's may not read ours by giving its own name the address 127.0.0.1
   *     (DNS rebinding)
   */
  Router(
      Map<String, Page> pages,
      EventStream events,
      Optional<BasicAuth> auth,
      AnswerTime time,
      boolean isLoopback) {
    this.time = time;
    isForThisMachine = isLoopback && auth.isEmpty();
    this.pages = Map.copyOf(pages);
    this.events = events;
    this.auth = auth;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_SECURITY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (isForThisMachine && !isOfThisMachine(exchange.getRequestHeaders().getFirst("Host"))) {
      send(exchange, Answer.plain(421, "ask for 127.0.0.1 or localhost, or set http.auth"));
    } else if (!isAllowed(exchange, path)) {
      headers.set("WWW-Authenticate", BasicAuth.CHALLENGE);
      send(exchange, Answer.plain(401, "log in with the user and password of http.auth"));
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      headers.set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
    } else if (EVENTS.equals(path) && method.equals("GET")) {
      if (!isReadingAlong(exchange)) {
        headers.set("Retry-After", "10");
        send(
            exchange,
            Answer.plain(503, EventStream.MOST_READERS + " read along already; close a page"));
      }
    } else {
      send(exchange, find(path));
    }
  }

  /** Whether a request was sent to a name that nobody but this machine can have. */
  private static boolean isOfThisMachine(String host) {
    return host == null || LOOPBACK.matcher(host).matches();
  }

  private boolean isAllowed(HttpExchange exchange, String path) {
    return auth.isEmpty()
        || auth.get().allows(path, exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private boolean isReadingAlong(HttpExchange exchange) throws IOException {
    try {
      return events.answer(exchange);
    } catch (RuntimeException e) {
      log.error("{} cannot be served", EVENTS, e);
      send(exchange, Answer.plain(500, EVENTS + " cannot be served; the log says why"));
      return true;
    }
  }

  private Answer find(String path) {
    Page page = pages.get(path);
    if (page == null) {
      return Answer.plain(404, "there is " + String.join(", ", new TreeSet<>(pages.keySet())));
    }
    try {
      return page.now();
    } catch (RuntimeException e) {
      log.error("{} cannot be served", path, e);
      return Answer.plain(500, path + " cannot be served; the log says why");
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    AnswerTime.Running running = time.begin();
    try {
      write(exchange, answer);
    } finally {
      running.end();
    }
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      if (answer.tag().isPresent()) {
        String tag = '"' + answer.tag().get() + '"';
        headers.set("ETag", tag);
        headers.set("Cache-Control", "no-cache");
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
          exchange.sendResponseHeaders(304, -1);
          return;
        }
      }
      headers.set("Content-Type", answer.type());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(answer.status(), -1);
        return;
      }
      // A length of 0 would mean that nobody knows it.
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      if (length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(answer.body());
        }
      }
    }
  }
}
