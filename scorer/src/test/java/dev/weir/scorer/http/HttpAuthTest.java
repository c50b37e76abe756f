package dev.weir.scorer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.config.HttpAuthConfig;
import dev.weir.scorer.config.HttpConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAuthTest {
  private static final String PASSWORD = "grüne Brücke:7";

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private static HttpEndpoint start(String password, boolean openHealth) {
    HttpConfig config =
        new HttpConfig(null, 0, new HttpAuthConfig("ops", password, openHealth), null, null);
    return HttpEndpoint.start(
        config,
        Map.of("/metrics", () -> Answer.plain(200, "secret"), "/health/live", HttpAuthTest::live),
        new EventStream(Duration.ofSeconds(1), unused -> List.of()));
  }

  private static Answer live() {
    return Answer.plain(200, "yes");
  }

  @Test
  void shouldLetInWhoHasThePassword() throws Exception {
    try (HttpEndpoint endpoint = start(PASSWORD, true)) {
      assertThat(get(endpoint, "/metrics", basic("ops", PASSWORD)).body()).isEqualTo("secret\n");
      assertThat(get(endpoint, "/metrics", basic("ops", PASSWORD).replace("Basic", "bASIC")).body())
          .isEqualTo("secret\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/events", "/elsewhere"})
  void shouldAskForThePasswordWhateverIsAskedFor(String path) throws Exception {
    try (HttpEndpoint endpoint = start(PASSWORD, true)) {
      HttpResponse<String> response = get(endpoint, path, null);

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .contains("Basic realm=\"weir\", charset=\"UTF-8\"");
      assertThat(response.body()).contains("http.auth").doesNotContain("secret");
    }
  }

  @Test
  void shouldKeepOutWhoHasAnother() throws Exception {
    try (HttpEndpoint endpoint = start(PASSWORD, true)) {
      for (String wrong :
          List.of(
              basic("ops", "guess"),
              basic("ops", ""),
              basic("Ops", PASSWORD),
              basic("ops:" + PASSWORD, ""),
              basic("ops", PASSWORD + "x"),
              "Bearer " + PASSWORD,
              "Basic",
              "Basic ???")) {
        assertThat(get(endpoint, "/metrics", wrong).statusCode()).as(wrong).isEqualTo(401);
      }
    }
  }

  @Test
  void shouldLeaveHealthOpenUnlessToldOtherwise() throws Exception {
    try (HttpEndpoint open = start(PASSWORD, true);
        HttpEndpoint shut = start(PASSWORD, false)) {
      assertThat(get(open, "/health/live", null).statusCode()).isEqualTo(200);
      assertThat(get(shut, "/health/live", null).statusCode()).isEqualTo(401);
      assertThat(get(shut, "/health/live", basic("ops", PASSWORD)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldFindThePasswordInAFile() throws Exception {
    Files.writeString(folder.resolve("secrets.properties"), "http=from-file\n");
    Files.writeString(folder.resolve("password"), "from-folder");

    try (HttpEndpoint file =
            start("${file:" + folder.resolve("secrets.properties") + ":http}", true);
        HttpEndpoint mounted = start("${dir:" + folder + ":password}", true)) {
      assertThat(get(file, "/metrics", basic("ops", "from-file")).statusCode()).isEqualTo(200);
      assertThat(get(mounted, "/metrics", basic("ops", "from-folder")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldFindThePasswordInTheEnvironment() throws Exception {
    try (HttpEndpoint endpoint = start("${env:PATH}", true)) {
      assertThat(get(endpoint, "/metrics", basic("ops", System.getenv("PATH"))).statusCode())
          .isEqualTo(200);
      assertThat(get(endpoint, "/metrics", basic("ops", "${env:PATH}")).statusCode())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${env:WEIR_NOT_SET}", "${file:/no/such.properties:key}", "${dir:/no/such:file}"})
  void shouldNotStartWithoutThePassword(String reference) {
    assertThatThrownBy(() -> start(reference, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.auth.password");
  }

  @Test
  void shouldNotPrintThePassword() {
    assertThat(new HttpAuthConfig("ops", PASSWORD, null).toString())
        .contains("ops")
        .doesNotContain("Brücke");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private HttpResponse<String> get(HttpEndpoint endpoint, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
