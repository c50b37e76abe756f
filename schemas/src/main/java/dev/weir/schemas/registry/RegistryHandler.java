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
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Answers the REST requests of {@link LocalRegistryServer}. Thread-safe. */
final class RegistryHandler implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 1 << 20;

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
    List<String> path = segments(exchange.getRequestURI().getRawPath());
    boolean post = exchange.getRequestMethod().equals("POST");
    if (!post && !exchange.getRequestMethod().equals("GET")) {
      throw new SchemaRegistryException(Kind.UNEXPECTED, 405, 405, "HTTP 405 Method Not Allowed");
    }
    if (!post && path.size() == 3 && path.get(0).equals("schemas") && path.get(1).equals("ids")) {
      Schema schema = registered.byId(number(path.get(2), 40403));
      return JSON.createObjectNode().put("schema", schema.toString());
    }
    if (path.isEmpty() || !path.get(0).equals("subjects") || path.size() > 4) {
      throw noSuchResource();
    }
    if (path.size() == 1 && !post) {
      ArrayNode subjects = JSON.createArrayNode();
      registered.subjects().forEach(subjects::add);
      return subjects;
    }
    if (path.size() == 2 && post) {
      String subject = path.get(1);
      return described(subject, registered.lookUp(subject, schema(exchange)));
    }
    if (path.size() >= 3 && path.get(2).equals("versions")) {
      return versions(exchange, path, post);
    }
    throw noSuchResource();
  }

  private JsonNode versions(HttpExchange exchange, List<String> path, boolean post)
      throws IOException {
    String subject = path.get(1);
    if (path.size() == 3 && post) {
      int id = registered.register(subject, schema(exchange));
      return JSON.createObjectNode().put("id", id);
    }
    if (path.size() == 3) {
      ArrayNode versions = JSON.createArrayNode();
      for (int version = 1; version <= registered.versionCount(subject); version++) {
        versions.add(version);
      }
      return versions;
    }
    if (post) {
      throw noSuchResource();
    }
    int version =
        path.get(3).equals("latest")
            ? registered.versionCount(subject)
            : number(path.get(3), 40402);
    return described(subject, registered.idOfVersion(subject, version));
  }

  private JsonNode described(String subject, int id) {
    return JSON.createObjectNode()
        .put("subject", subject)
        .put("id", id)
        .put("version", registered.versionOf(subject, id))
        .put("schema", registered.byId(id).toString());
  }

  private static Schema schema(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new SchemaRegistryException(Kind.UNUSABLE, 413, 413, "Request larger than 1 MiB");
    }
    try {
      JsonNode request = JSON.readTree(body);
      if (!request.path("schemaType").asText("AVRO").equals("AVRO")
          || !request.path("references").isEmpty()) {
        throw invalid("Only Avro schemas without references are kept here");
      }
      return new Schema.Parser().parse(request.path("schema").asText(""));
    } catch (JsonProcessingException | AvroRuntimeException e) {
      throw invalid(e.getMessage());
    }
  }

  private static void respond(HttpExchange exchange, int status, JsonNode answer)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
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

  private static SchemaRegistryException invalid(String why) {
    return new SchemaRegistryException(Kind.UNUSABLE, 422, 42201, "Invalid schema: " + why);
  }

  private static SchemaRegistryException noSuchResource() {
    return new SchemaRegistryException(Kind.UNEXPECTED, 404, 404, "HTTP 404 Not Found");
  }
}
