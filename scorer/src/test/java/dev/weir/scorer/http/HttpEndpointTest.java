package dev.weir.scorer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private static final HttpConfig ANY_PORT = new HttpConfig(null, 0);
  private static final Answer CACHED =
      new Answer(200, "text/css", "body{}".getBytes(UTF_8), Optional.of("abc"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final HttpEndpoint endpoint = start(ANY_PORT);

  @AfterEach
  void close() {
    endpoint.close();
  }

  private HttpEndpoint start(HttpConfig config) {
    Map<String, Page> pages =
        Map.of(
            "/metrics", () -> Answer.of(200, "text/plain; version=0.0.4", metrics()),
            "/health/ready", () -> Answer.plain(503, "no"),
            "/style.css", () -> CACHED);
    return HttpEndpoint.start(
        config, pages, new EventStream(Duration.ofSeconds(1), unused -> List.of()));
  }

  @Test
  void shouldServeAPage() throws Exception {
    HttpResponse<String> response = send("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("weir_scored_records_total 1.0\n");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  /** There are four threads; as many readers that read nothing must not hold them for ever. */
  @Test
  void shouldAnswerOthersThoughSomeDoNotReadWhatTheyAskedFor() throws Exception {
    // Given answers that no buffer on the way holds
    Answer large = Answer.of(200, "text/plain", "x".repeat(30_000_000));
    List<Socket> idle = new ArrayList<>();
    try (HttpEndpoint slow =
        HttpEndpoint.start(
            ANY_PORT,
            Map.of("/large", () -> large, "/small", () -> Answer.plain(200, "here")),
            new EventStream(Duration.ofSeconds(1), unused -> List.of()),
            Duration.ofMillis(500))) {
      for (int i = 0; i < 6; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), slow.port());
        socket
            .getOutputStream()
            .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        idle.add(socket);
      }

      // When, then
      for (int i = 0; i < 4; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + slow.port() + "/small"))
                .timeout(Duration.ofSeconds(20))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("here\n");
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "weir.localhost:8080", "127.0.0.1", "[::1]:2"})
  void shouldAnswerThisMachine(String host) throws IOException {
    assertThat(statusFor(host)).contains(" 200 ");
  }

  /** A page of somebody else's, whose name was given our address after it was loaded. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example"})
  void shouldNotAnswerThoseWhoTakeUsForSomebodyElse(String host) throws IOException {
    assertThat(statusFor(host)).contains(" 421 ");
  }

  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8).lines().findFirst().get();
    }
  }

  @Test
  void shouldAnswerWithTheStatusOfThePage() throws Exception {
    HttpResponse<String> response = send("GET", "/health/ready");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("no\n");
  }

  @Test
  void shouldLetNothingIntoAPageThatIsNotOurs() throws Exception {
    HttpResponse<String> response = send("GET", "/style.css");

    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*", "http"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @Test
  void shouldSendAFileAgainOnlyIfItHasChanged() throws Exception {
    HttpResponse<String> first = send("GET", "/style.css");
    HttpResponse<String> second =
        send(
            "GET", "/style.css", "If-None-Match", first.headers().firstValue("ETag").orElseThrow());
    HttpResponse<String> other = send("GET", "/style.css", "If-None-Match", "\"old\"");

    assertThat(first.body()).isEqualTo("body{}");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhatThereIs() throws Exception {
    HttpResponse<String> response = send("GET", "/elsewhere");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("/metrics", "/health/ready", "/style.css");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/ready", "/", "/events", "/elsewhere"})
  void shouldBeReadOnly(String path) throws Exception {
    assertThat(send("POST", path).statusCode()).isEqualTo(405);
    assertThat(send("DELETE", path).statusCode()).isEqualTo(405);
  }

  @Test
  void shouldAnswerToHeadWithoutABody() throws Exception {
    HttpResponse<String> response = send("HEAD", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void shouldGoOnAfterAPageCouldNotBeMade() throws Exception {
    failing.set(true);
    HttpResponse<String> failed = send("GET", "/metrics");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).contains("/metrics cannot be served").doesNotContain("today");

    failing.set(false);
    assertThat(send("GET", "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayThatAPortIsInUse() {
    HttpConfig same = new HttpConfig("127.0.0.1", endpoint.port());

    assertThatThrownBy(() -> start(same))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("127.0.0.1:" + endpoint.port())
        .hasMessageContaining("in use")
        .hasMessageContaining("http.port");
  }

  @Test
  void shouldSayThatAHostIsNotOurs() {
    HttpConfig elsewhere = new HttpConfig("no-such-host.invalid", 0);

    assertThatThrownBy(() -> start(elsewhere))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("no-such-host.invalid")
        .hasMessageContaining("http.host");
  }

  @Test
  void shouldFreeItsPortWhenClosed() {
    int port = endpoint.port();

    endpoint.close();
    endpoint.close();

    start(new HttpConfig("127.0.0.1", port)).close();
  }

  private String metrics() {
    if (failing.get()) {
      throw new IllegalStateException("no metrics today");
    }
    return "weir_scored_records_total 1.0\n";
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
