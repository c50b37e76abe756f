package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schemas.registry.RegistryCredentials.TokenSource;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gets access tokens from an OAuth 2.0 server, and keeps each until shortly before its end.
 *
 * <p>One that would never be used for a fifth of its life is used for that much, whatever the
 * buffer. Thread-safe; threads that need a new token wait for one request.
 */
final class AccessTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For servers that do not say how long a token is good. */
  private static final int DEFAULT_SECONDS = 60;

  /** However long a server says that it is; some say so for ever, in seconds. */
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private final TokenSource source;
  private final HttpClient client;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private String token;
  private long goodUntil;

  AccessTokens(TokenSource source, HttpClient client, Duration timeout, LongSupplier nanoTime) {
    this.source = source;
    this.client = client;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  /**
   * What to send as {@code Authorization}.
   *
   * @throws IOException if the server does not answer
   * @throws SchemaRegistryException of kind {@code UNAUTHORIZED} if it refuses
   */
  synchronized String authorization() throws IOException, InterruptedException {
    if (token == null || nanoTime.getAsLong() - goodUntil >= 0) {
      fetch();
    }
    return "Bearer " + token;
  }

  /** Forgets a token that the registry has refused. */
  synchronized void refused(String authorization) {
    if (authorization.equals("Bearer " + token)) {
      token = null;
    }
  }

  private void fetch() throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials"
            + source
                .scope()
                .map(s -> "&scope=" + URLEncoder.encode(s, StandardCharsets.UTF_8))
                .orElse("");
    HttpRequest request =
        HttpRequest.newBuilder(source.issuer())
            .timeout(timeout)
            .header("Authorization", source.authorization())
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    int status = response.statusCode();
    if (RegistryFailures.isPassing(status)) {
      throw new IOException("the token server " + source + " answered with status " + status);
    }
    JsonNode answer = parse(response.body());
    String given = answer.path("access_token").asText("");
    if (status != 200 || given.isEmpty()) {
      throw new SchemaRegistryException(
          Kind.UNAUTHORIZED,
          status,
          0,
          "cannot get an access token from %s: status %d%s. Check bearer.auth.issuer.endpoint.url,"
                  .formatted(source, status, error(answer))
              + " bearer.auth.client.id, bearer.auth.client.secret and bearer.auth.scope");
    }
    long seconds = answer.path("expires_in").asLong(DEFAULT_SECONDS);
    Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, MOST_SECONDS)));
    Duration least = life.dividedBy(5);
    Duration use = life.minus(source.expiryBuffer());
    goodUntil = nanoTime.getAsLong() + (use.compareTo(least) < 0 ? least : use).toNanos();
    token = given;
  }

  private static String error(JsonNode answer) {
    String error = answer.path("error").asText("");
    return error.isEmpty() ? "" : ", \"" + error + "\"";
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
