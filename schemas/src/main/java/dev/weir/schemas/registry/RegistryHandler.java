package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Answers the REST requests of {@link LocalRegistryServer}. Thread-safe. */
final class RegistryHandler implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 1 << 20;
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

  private final RegisteredSchemas registered;

  RegistryHandler(RegisteredSchemas registered) {
    this.registered = registered;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange, 200, answer(exchange));
      } catch (SchemaRegistryException e) {
        ObjectNode error = JSON.createObjectNode();
        error.put("error_code", e.errorCode()).put("message", e.getMessage());
        respond(exchange, e.status(), error);
      }
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    List<String> path = segments(exchange.getRequestURI().getRawPath());
    if (!METHODS.contains(method)) {
      throw new SchemaRegistryException(Kind.UNEXPECTED, 405, 405, "HTTP 405 Method Not Allowed");
    }
    String resource = method + " " + (path.isEmpty() ? "" : path.get(0)) + " " + path.size();
    return switch (resource) {
      case "GET schemas 3" -> schema(path.get(1), path.get(2));
      case "GET subjects 1" -> array(registered.subjects());
      case "POST subjects 2" -> described(registered.find(path.get(1), definition(exchange)));
      case "GET subjects 3", "POST subjects 3", "GET subjects 4" -> versions(exchange, path);
      case "GET config 2" ->
          JSON.createObjectNode()
              .put("compatibilityLevel", registered.compatibility(path.get(1)).name());
      case "PUT config 2" -> setCompatibility(path.get(1), exchange);
      case "POST compatibility 4" -> compatibility(exchange, path);
      default -> throw noSuchResource();
    };
  }

  private JsonNode schema(String by, String which) {
    return switch (by) {
      case "ids" -> described(registered.fetch(number(which, 40403)));
      case "guids" -> described(registered.fetch(guid(which)));
      default -> throw noSuchResource();
    };
  }

  private JsonNode versions(HttpExchange exchange, List<String> path) throws IOException {
    String subject = path.get(1);
    if (!path.get(2).equals("versions")) {
      throw noSuchResource();
    }
    if (path.size() == 4) {
      return described(
          path.get(3).equals("latest")
              ? registered.latest(subject)
              : registered.version(subject, number(path.get(3), 40402)));
    }
    if (exchange.getRequestMethod().equals("GET")) {
      return array(registered.versions(subject));
    }
    return JSON.createObjectNode().put("id", registered.register(subject, definition(exchange)));
  }

  private JsonNode compatibility(HttpExchange exchange, List<String> path) throws IOException {
    if (!path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
      throw noSuchResource();
    }
    List<String> against = registered.incompatibilities(path.get(2), definition(exchange));
    ObjectNode answer = JSON.createObjectNode().put("is_compatible", against.isEmpty());
    answer.set("messages", array(against));
    return answer;
  }

  private JsonNode setCompatibility(String subject, HttpExchange exchange) throws IOException {
    String level = body(exchange).path("compatibility").asText("");
    try {
      registered.setCompatibility(subject, Compatibility.valueOf(level));
    } catch (IllegalArgumentException e) {
      throw new SchemaRegistryException(
          Kind.UNUSABLE, 422, 42203, "Invalid compatibility level: " + level, e);
    }
    return JSON.createObjectNode().put("compatibility", level);
  }

  private JsonNode described(SchemaVersion version) {
    return ((ObjectNode) described(registered.fetch(version.id())))
        .put("subject", version.subject())
        .put("id", version.id())
        .put("version", version.version());
  }

  private static JsonNode described(RegisteredSchema schema) {
    ObjectNode answer = SchemaJson.of(schema.definition());
    schema.guid().ifPresent(guid -> answer.put("guid", guid.toString()));
    return answer;
  }

  private static SchemaDefinition definition(HttpExchange exchange) throws IOException {
    JsonNode body = body(exchange);
    try {
      return SchemaJson.definition(body);
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new SchemaRegistryException(Kind.UNUSABLE, 413, 413, "Request larger than 1 MiB");
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw invalid(e);
    }
  }

  private static void respond(HttpExchange exchange, int status, JsonNode answer)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static ArrayNode array(List<?> values) {
    return JSON.valueToTree(values);
  }

  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/"))
        .filter(segment -> !segment.isEmpty())
        // The decoder is one for forms, where a plus is a blank; in a path it is a plus.
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private static int number(String text, int codeOtherwise) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new SchemaRegistryException(
          Kind.NOT_FOUND, 404, codeOtherwise, "'" + text + "' is not a number", e);
    }
  }

  private static UUID guid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new SchemaRegistryException(
          Kind.NOT_FOUND, 404, 40403, "'" + text + "' is not a GUID", e);
    }
  }

  private static SchemaRegistryException invalid(Exception cause) {
    return new SchemaRegistryException(
        Kind.UNUSABLE, 422, 42201, "Invalid schema: " + cause.getMessage(), cause);
  }

  private static SchemaRegistryException noSuchResource() {
    return new SchemaRegistryException(Kind.UNEXPECTED, 404, 404, "HTTP 404 Not Found");
  }
}
