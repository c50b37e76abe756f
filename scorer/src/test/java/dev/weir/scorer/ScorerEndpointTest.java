package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyManifest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is to be seen of a scorer that is not there yet. */
@Timeout(60)
class ScorerEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScorerEndpoint endpoint = ScorerEndpoint.open(Configs.of("http.port=0"));

  @AfterEach
  void close() {
    endpoint.close();
    endpoint.close();
  }

  /** A scorer that scores, or has given up. */
  private record Scorer(boolean isLive) implements ScorerEndpoint.Status {
    @Override
    public String state() {
      return isLive ? "RUNNING" : "ERROR";
    }

    @Override
    public boolean isReady() {
      return isLive;
    }

    @Override
    public OptionalLong lag() {
      return OptionalLong.of(3);
    }
  }

  @Test
  void shouldBeLiveAndNotReadyFromTheBeginning() throws Exception {
    assertThat(get("/health/live")).isEqualTo("200 yes\n");
    assertThat(get("/health/ready")).isEqualTo("503 starting\n");
    assertThat(get("/models")).startsWith("200 [");
    assertThat(get("/")).startsWith("200 <!doctype html>");
    assertThat(get("/metrics"))
        .startsWith("200 ")
        .contains("\njvm_memory_used_bytes{", "\nweir_awaiting_model 0.0\n");
  }

  @Test
  void shouldSayWhatItWaitsFor() throws Exception {
    endpoint.awaiting("/bundles/fleet");

    assertThat(get("/health/live")).isEqualTo("200 yes\n");
    assertThat(get("/health/ready")).isEqualTo("503 waiting for a model at /bundles/fleet\n");
    assertThat(get("/metrics")).contains("\nweir_awaiting_model 1.0\n");
    try (Stream<String> events = client.send(request("/events"), BodyHandlers.ofLines()).body()) {
      assertThat(events.filter(line -> line.contains("\"state\":")).findFirst())
          .hasValueSatisfying(
              line ->
                  assertThat(line)
                      .contains("\"state\":\"waiting for a model at /bundles/fleet\"")
                      .contains("\"ready\":false"));
    }
  }

  @Test
  void shouldShowTheScorerInItsPlace() throws Exception {
    // Given
    endpoint.awaiting("/bundles/fleet");

    // When, Then
    endpoint.starting();
    assertThat(get("/health/ready")).isEqualTo("503 starting\n");
    assertThat(get("/metrics")).contains("\nweir_awaiting_model 0.0\n");

    // When, Then
    endpoint.show(new Scorer(true));
    assertThat(get("/health/ready")).isEqualTo("200 yes\n");

    // When, Then
    endpoint.show(new Scorer(false));
    assertThat(get("/health/live")).isEqualTo("503 no\n");
    assertThat(get("/health/ready")).isEqualTo("503 no\n");
  }

  @Test
  void shouldTellPagesThatAreOpenOfPipelinesThatCome() throws Exception {
    try (Stream<String> events = client.send(request("/events"), BodyHandlers.ofLines()).body()) {
      // Given a page that was opened before there was a pipeline
      var greetings =
          events
              .filter(line -> line.startsWith("data: ") && line.contains("\"pipelines\":"))
              .filter(line -> line.contains("\"application\":"))
              .iterator();
      assertThat(greetings.next()).contains("\"pipelines\":[]");

      // When
      endpoint.console().watch(Configs.of().pipelines().get(0), TinyManifest.ofThreeFeatures());

      // Then
      assertThat(greetings.next()).contains("\"pipelines\":[{");
    }
  }

  @Test
  void shouldFreeItsPort() throws Exception {
    int port = endpoint.port();
    assertThatThrownBy(() -> ScorerEndpoint.open(Configs.of("http.port=" + port)))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("127.0.0.1:" + port);

    endpoint.close();

    ScorerEndpoint.open(Configs.of("http.port=" + port)).close();
  }

  private String get(String path) throws Exception {
    HttpResponse<String> response = client.send(request(path), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path)).build();
  }
}
