package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthTest {
  private final RequestScript script = new RequestScript();
  private final List<String> grants = new CopyOnWriteArrayList<>();
  private LocalRegistryServer server;
  private HttpServer issuer;
  private int status = 200;
  private long expiresIn = 3600;

  @BeforeEach
  void startServers() throws IOException {
    server = LocalRegistryServer.start(0, script);
    issuer =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    issuer.createContext(
        "/token",
        exchange -> {
          try (exchange) {
            String form =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            grants.add(form + " by " + exchange.getRequestHeaders().getFirst("Authorization"));
            String answer =
                status == 200
                    ? "{\"access_token\":\"token-%d\",\"expires_in\":%d}"
                        .formatted(grants.size(), expiresIn)
                    : "{\"error\":\"invalid_client\"}";
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        });
    issuer.start();
  }

  @AfterEach
  void stopServers() {
    issuer.stop(0);
    server.close();
  }

  @Test
  void shouldUseOneTokenAsLongAsItIsGood() {
    SchemaRegistry registry = registry();
    registry.register("a-value", POINT);
    registry.byId(1);

    assertThat(grants)
        .containsExactly(
            "grant_type=client_credentials&scope=registry+read by Basic Y2xpZW50OnMzY3JldA==");
    assertThat(script.requests)
        .extracting(RequestScript.Seen::authorization)
        .containsExactly("Bearer token-1", "Bearer token-1");
  }

  @Test
  void shouldUseATokenThatIsGoodForEver() {
    expiresIn = Long.MAX_VALUE;
    SchemaRegistry registry = registry();
    registry.register("a-value", POINT);
    registry.byId(1);

    assertThat(grants).hasSize(1);
  }

  @Test
  void shouldGetANewTokenWhenTheOldOneEnds() {
    expiresIn = 0;
    SchemaRegistry registry = registry();
    registry.register("a-value", POINT);
    registry.byId(1);

    assertThat(script.requests)
        .extracting(RequestScript.Seen::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void shouldGetANewTokenWhenTheRegistryRefusesTheOld() {
    script.answer(401, "");
    assertThat(registry().register("a-value", POINT)).isEqualTo(1);
    assertThat(script.requests)
        .extracting(RequestScript.Seen::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void shouldSayThatTheTokenServerRefuses() {
    status = 401;
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> registry().byId(1))
        .withMessageContainingAll("invalid_client", "bearer.auth.client.id", "/token")
        .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
    assertThat(grants).hasSize(1);
  }

  @Test
  void shouldTryAgainWhenTheTokenServerIsBusy() {
    status = 503;
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> registry().byId(1))
        .withMessageContaining("token server")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(grants).hasSize(2);
  }

  private SchemaRegistry registry() {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", server.url());
    config.put("bearer.auth.credentials.source", "OAUTHBEARER");
    config.put(
        "bearer.auth.issuer.endpoint.url",
        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/token");
    config.put("bearer.auth.client.id", "client");
    config.put("bearer.auth.client.secret", "s3cret");
    config.put("bearer.auth.scope", "registry read");
    config.put("max.retries", 1);
    config.put("retries.wait.ms", 1);
    return new RestSchemaRegistry(RegistryConfig.from(config));
  }
}
