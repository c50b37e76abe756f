package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRegistryServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POINT_REQUEST =
      JSON.createObjectNode().put("schema", POINT.toString()).toString();

  private final HttpClient client = HttpClient.newHttpClient();
  private LocalRegistryServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = LocalRegistryServer.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void shouldKeepSchemasUnderSubjects() throws Exception {
    assertThat(get("/subjects").body()).isEqualTo("[]");
    assertThat(post("/subjects/a-value/versions", POINT_REQUEST).body()).isEqualTo("{\"id\":1}");
    assertThat(get("/subjects").body()).isEqualTo("[\"a-value\"]");
    assertThat(get("/subjects/a-value/versions").body()).isEqualTo("[1]");

    JsonNode latest = JSON.readTree(get("/subjects/a-value/versions/latest").body());
    assertThat(latest.path("subject").asText()).isEqualTo("a-value");
    assertThat(latest.path("id").asInt()).isEqualTo(1);
    assertThat(latest.path("version").asInt()).isEqualTo(1);
    assertThat(latest.path("schema").asText()).isEqualTo(POINT.toString());
    assertThat(JSON.readTree(get("/subjects/a-value/versions/1").body())).isEqualTo(latest);
    assertThat(JSON.readTree(post("/subjects/a-value", POINT_REQUEST).body())).isEqualTo(latest);
  }

  @Test
  void shouldSayThatItSpeaksTheRegistrysContentType() throws Exception {
    assertThat(get("/subjects").headers().firstValue("Content-Type"))
        .contains("application/vnd.schemaregistry.v1+json");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /schemas/ids/9, 404, 40403",
    "GET, /schemas/ids/x, 404, 40403",
    "GET, /subjects/none/versions, 404, 40401",
    "GET, /subjects/none/versions/latest, 404, 40401",
    "GET, /subjects/a-value/versions/2, 404, 40402",
    "GET, /subjects/a-value, 404, 404",
    "GET, /, 404, 404",
    "GET, /config, 404, 404",
    "PUT, /config/a-value, 422, 42201",
    "GET, /schemas/guids/x, 404, 40403",
    "GET, /schemas/names/x, 404, 404",
    "POST, /compatibility/subjects/a-value/latest, 404, 404",
    "DELETE, /subjects/a-value, 405, 405",
    "GET, /subjects/a-value/versions/1/schema, 404, 404",
    "POST, /subjects/a-value/versions/1, 404, 404",
    "POST, /subjects/a-value/versions, 422, 42201",
    "PUT, /subjects, 404, 404"
  })
  void shouldAnswerErrorsAsARegistryDoes(String method, String path, int status, int code)
      throws Exception {
    // Given
    post("/subjects/a-value/versions", POINT_REQUEST);

    // When
    HttpResponse<String> response =
        send(request(path).method(method, BodyPublishers.ofString("not a schema")).build());

    // Then
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error_code").asInt()).isEqualTo(code);
    assertThat(JSON.readTree(response.body()).path("message").asText()).isNotEmpty();
  }

  @Test
  void shouldRefuseATypeThatItDoesNotKnow() throws Exception {
    String thrift = "{\"schemaType\": \"THRIFT\", \"schema\": \"struct A {}\"}";
    assertThat(post("/subjects/a-value/versions", thrift).statusCode()).isEqualTo(422);
  }

  @Test
  void shouldRefuseAnOversizedRequest() throws Exception {
    String large = "x".repeat((1 << 20) + 1);
    assertThat(post("/subjects/a-value/versions", large).statusCode()).isEqualTo(413);
  }

  @Test
  void shouldUseTheGivenPortAndSayThatItIsTaken() throws Exception {
    int port = server.port();
    assertThatIOException().isThrownBy(() -> LocalRegistryServer.start(port));
    server.close();
    try (LocalRegistryServer second = LocalRegistryServer.start(port)) {
      assertThat(second.url()).isEqualTo("http://127.0.0.1:" + port);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET().build());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
