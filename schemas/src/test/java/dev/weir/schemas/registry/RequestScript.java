package dev.weir.schemas.registry;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes the requests to a registry and answers the first of them in its place. */
final class RequestScript extends Filter {
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  final List<Seen> requests = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body) {}

  record Seen(String line, String contentType, String authorization) {}

  RequestScript answer(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    requests.add(
        new Seen(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("Authorization")));
    Answer answer = answers.poll();
    if (answer == null) {
      chain.doFilter(exchange);
      return;
    }
    try (exchange) {
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      if (answer.status() == 429) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public String description() {
    return "notes requests and answers some of them";
  }
}
