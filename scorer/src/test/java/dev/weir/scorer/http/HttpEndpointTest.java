package dev.weir.scorer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private static final HttpConfig ANY_PORT = new HttpConfig(null, 0);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean live = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final HttpEndpoint endpoint =
      HttpEndpoint.start(ANY_PORT, this::metrics, live::get, ready::get);

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void shouldServeMetrics() throws Exception {
    HttpResponse<String> response = send("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("weir_scored_records_total 1.0\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void shouldTellLiveFromReady() throws Exception {
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/health/ready").statusCode()).isEqualTo(503);

    live.set(false);
    ready.set(true);

    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(503);
    assertThat(send("GET", "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhatThereIs() throws Exception {
    HttpResponse<String> response = send("GET", "/elsewhere");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("/metrics", "/health/live", "/health/ready");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/live", "/", "/elsewhere"})
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
  void shouldGoOnAfterMetricsCouldNotBeMade() throws Exception {
    failing.set(true);
    assertThat(send("GET", "/metrics").statusCode()).isEqualTo(500);

    failing.set(false);
    assertThat(send("GET", "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayThatAPortIsInUse() {
    HttpConfig same = new HttpConfig("127.0.0.1", endpoint.port());

    assertThatThrownBy(() -> HttpEndpoint.start(same, () -> "", () -> true, () -> true))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("127.0.0.1:" + endpoint.port())
        .hasMessageContaining("in use")
        .hasMessageContaining("http.port");
  }

  @Test
  void shouldSayThatAHostIsNotOurs() {
    HttpConfig elsewhere = new HttpConfig("no-such-host.invalid", 0);

    assertThatThrownBy(() -> HttpEndpoint.start(elsewhere, () -> "", () -> true, () -> true))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("no-such-host.invalid")
        .hasMessageContaining("http.host");
  }

  @Test
  void shouldFreeItsPortWhenClosed() {
    int port = endpoint.port();

    endpoint.close();
    endpoint.close();

    HttpEndpoint.start(new HttpConfig("127.0.0.1", port), () -> "", () -> true, () -> true).close();
  }

  private String metrics() {
    if (failing.get()) {
      throw new IllegalStateException("no metrics today");
    }
    return "weir_scored_records_total 1.0\n";
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
