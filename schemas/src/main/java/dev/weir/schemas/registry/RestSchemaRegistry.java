package dev.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of a registry that speaks Confluent's REST API (Confluent, Apicurio's {@code
 * /apis/ccompat/v7}, Karapace, Redpanda).
 *
 * <p>Every call is a request; {@link CachingSchemaRegistry} spares them. Thread-safe. Only Avro
 * schemas without references to others are read.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the
 *     API</a>
 */
final class RestSchemaRegistry implements SchemaRegistry {
  private final RegistryHttp http;

  RestSchemaRegistry(RegistryConfig config) {
    this.http = new RegistryHttp(config);
  }

  @Override
  public int register(String subject, Schema schema) {
    return id(
        new RegistryRequest(
            "register the schema " + schema.getFullName() + " under subject " + subject,
            "/subjects/" + encoded(subject) + "/versions",
            Optional.of(body(schema)),
            "Check that the registry lets this client create subjects"));
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    return id(
        new RegistryRequest(
            "find the schema " + schema.getFullName() + " under subject " + subject,
            "/subjects/" + encoded(subject),
            Optional.of(body(schema)),
            "Register the schema under this subject, or set auto.register.schemas=true"));
  }

  @Override
  public Schema byId(int id) {
    RegistryRequest request =
        new RegistryRequest(
            "get the schema with id " + id,
            "/schemas/ids/" + id,
            Optional.empty(),
            "The record was written with another registry, the schema was deleted, or the bytes"
                + " are not in the registry's wire format");
    JsonNode answer = http.send(request);
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw unusable(id, "it is of type " + type + ", and only AVRO is read", null);
    }
    if (!answer.path("references").isEmpty()) {
      throw unusable(id, "it refers to other schemas, which is not supported", null);
    }
    try {
      // Lenient about defaults: what other clients have registered is read as it is.
      return new Schema.Parser().setValidateDefaults(false).parse(answer.path("schema").asText(""));
    } catch (AvroRuntimeException e) {
      throw unusable(id, "it is not a valid Avro schema: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // On Java 17 an HttpClient ends by itself, once nothing refers to it.
  }

  private int id(RegistryRequest request) {
    JsonNode id = http.send(request).path("id");
    if (!id.canConvertToInt()) {
      throw new SchemaRegistryException(
          Kind.UNEXPECTED,
          200,
          0,
          "cannot "
              + request.purpose()
              + ": the answer holds no id. Check that schema.registry.url is that of a schema"
              + " registry");
    }
    return id.intValue();
  }

  private static String body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static SchemaRegistryException unusable(int id, String why, Throwable cause) {
    return new SchemaRegistryException(
        Kind.UNUSABLE, 200, 0, "cannot use the schema with id " + id + ": " + why, cause);
  }
}
