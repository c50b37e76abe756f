package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the first of a registry's URLs that answers.
 *
 * <p>I/O errors and the statuses 408, 429 and 5xx lead to the next URL; when all have failed, to
 * another round after a wait, as often as the {@link RetryPolicy} says. The URL that answered is
 * asked first from then on. Redirects are not followed, since they would carry the credentials to
 * where nobody sent them. Thread-safe; the calling thread waits.
 */
final class RegistryHttp {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryConfig config;
  private final HttpClient client;
  private final Optional<AccessTokens> tokens;
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(RegistryConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Without it each first request carries an offer of HTTP/2 that no registry takes up.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout());
    config
        .tls()
        .ifPresent(tls -> builder.sslContext(tls.context()).sslParameters(tls.parameters()));
    this.client = builder.build();
    this.tokens =
        config
            .credentials()
            .tokens()
            .map(
                source ->
                    new AccessTokens(source, client, config.requestTimeout(), System::nanoTime));
  }

  /** The JSON object or array that the registry answered with success. */
  JsonNode send(RegistryRequest request) {
    for (int retry = 0; ; retry++) {
      SchemaRegistryException failure = null;
      Duration asked = Duration.ZERO;
      int first = preferred.get();
      for (int i = 0; i < config.endpoints().size(); i++) {
        int index = (first + i) % config.endpoints().size();
        Endpoint endpoint = config.endpoints().get(index);
        try {
          HttpResponse<String> response = exchange(request, endpoint);
          if (!RegistryFailures.isPassing(response.statusCode())) {
            preferred.set(index);
            return answer(request, endpoint, response);
          }
          failure =
              RegistryFailures.refused(request, endpoint, response.statusCode(), response.body());
          asked = RetryAfter.of(response.headers());
        } catch (IOException e) {
          failure = RegistryFailures.unanswered(request, endpoint, e);
        }
        LOG.atWarn()
            .addKeyValue("url", endpoint.base())
            .addKeyValue("attempt", retry + 1)
            .addKeyValue("reason", failure.getMessage())
            .log("Schema registry did not serve a request");
      }
      if (retry >= config.retry().retries()) {
        throw failure;
      }
      pause(config.retry().wait(retry, ThreadLocalRandom.current(), asked), failure);
    }
  }

  private HttpResponse<String> exchange(RegistryRequest request, Endpoint endpoint)
      throws IOException {
    try {
      if (tokens.isEmpty()) {
        return exchange(request, endpoint, endpoint.authorization());
      }
      String token = tokens.get().authorization();
      HttpResponse<String> response = exchange(request, endpoint, Optional.of(token));
      if (response.statusCode() != 401) {
        return response;
      }
      // It may have been withdrawn before its time.
      tokens.get().refused(token);
      return exchange(request, endpoint, Optional.of(tokens.get().authorization()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryFailures.unanswered(request, endpoint, e);
    }
  }

  private HttpResponse<String> exchange(
      RegistryRequest request, Endpoint endpoint, Optional<String> authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(endpoint.base() + request.path()))
            .timeout(config.requestTimeout())
            .header("Accept", CONTENT_TYPE + ", application/json");
    authorization.ifPresent(value -> builder.header("Authorization", value));
    config.credentials().headers().forEach(builder::header);
    builder.method(
        request.method(),
        request.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    if (request.body().isPresent()) {
      builder.header("Content-Type", CONTENT_TYPE);
    }
    return client.send(builder.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static JsonNode answer(
      RegistryRequest request, Endpoint endpoint, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status < 200 || status >= 300) {
      throw RegistryFailures.refused(request, endpoint, status, response.body());
    }
    try {
      JsonNode answer = JSON.readTree(response.body());
      if (answer.isContainerNode()) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      LOG.atDebug().setCause(e).addKeyValue("url", endpoint.base()).log("Answer is not JSON");
    }
    throw RegistryFailures.incomprehensible(request, endpoint, status, "the answer is not JSON");
  }

  private static void pause(Duration wait, SchemaRegistryException failure) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
