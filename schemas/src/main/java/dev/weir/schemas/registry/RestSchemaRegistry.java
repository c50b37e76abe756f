package dev.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A client of a registry that speaks Confluent's REST API (Confluent, Apicurio's {@code
 * /apis/ccompat/v7}, Karapace, Redpanda).
 *
 * <p>Every call is a request, and one more for each schema that is referred to; {@link
 * CachingSchemaRegistry} spares them. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the
 *     API</a>
 */
final class RestSchemaRegistry implements SchemaRegistry {
  private static final String REGISTER_FIRST =
      "Register the schema under this subject, or set auto.register.schemas=true";
  private static final String NO_SUCH_SUBJECT = "Check the name of the subject";
  private static final String NO_SUCH_SCHEMA =
      "The record was written with another registry, the schema was deleted, or the bytes are not"
          + " in the registry's wire format";

  private final RegistryHttp http;

  /** What is asked of the registry wherever a schema is sent to be compared. */
  private final String normalize;

  RestSchemaRegistry(RegistryConfig config) {
    this.http = new RegistryHttp(config);
    this.normalize = config.normalize() ? "?normalize=true" : "";
  }

  @Override
  public int register(String subject, SchemaDefinition schema) {
    return send(RegistryRequest.post(
            "register the schema " + schema.shortName() + " under subject " + subject,
            "/subjects/" + encoded(subject) + "/versions" + normalize,
            SchemaJson.of(schema).toString(),
            "Check that the registry lets this client create subjects"))
        .id();
  }

  @Override
  public int lookUp(String subject, SchemaDefinition schema) {
    return send(RegistryRequest.post(
            "find the schema " + schema.shortName() + " under subject " + subject,
            "/subjects/" + encoded(subject) + normalize,
            SchemaJson.of(schema).toString(),
            REGISTER_FIRST))
        .id();
  }

  @Override
  public RegisteredSchema fetch(int id) {
    RegistryRequest request =
        RegistryRequest.get("get the schema with id " + id, "/schemas/ids/" + id, NO_SUCH_SCHEMA);
    return resolved(send(request), OptionalInt.of(id));
  }

  @Override
  public RegisteredSchema fetch(UUID guid) {
    RegistryRequest request =
        RegistryRequest.get(
            "get the schema with GUID " + guid, "/schemas/guids/" + guid, NO_SUCH_SCHEMA);
    RegistryAnswer answer;
    try {
      answer = send(request);
    } catch (SchemaRegistryException e) {
      if (e.status() != 404 || e.kind() == Kind.NOT_FOUND) {
        throw e;
      }
      // A registry that knows no GUIDs knows no such path, and so has no such schema.
      throw new SchemaRegistryException(
          Kind.NOT_FOUND,
          404,
          0,
          e.getMessage() + ", and that the registry knows GUIDs, as newer ones of Confluent do",
          e);
    }
    return resolved(answer, answer.optionalId()).withGuid(guid);
  }

  @Override
  public SchemaVersion version(String subject, int version) {
    return version(subject, String.valueOf(version), "");
  }

  @Override
  public SchemaVersion latest(String subject) {
    return version(subject, "latest", "");
  }

  @Override
  public List<String> subjects() {
    return send(RegistryRequest.get("list the subjects", "/subjects", NO_SUCH_SUBJECT))
        .list(JsonNode::isTextual, JsonNode::textValue);
  }

  @Override
  public List<Integer> versions(String subject) {
    return send(RegistryRequest.get(
            "list the versions of subject " + subject,
            "/subjects/" + encoded(subject) + "/versions",
            NO_SUCH_SUBJECT))
        .list(JsonNode::canConvertToInt, JsonNode::intValue);
  }

  @Override
  public List<String> incompatibilities(String subject, SchemaDefinition schema) {
    return send(RegistryRequest.post(
            "compare the schema " + schema.shortName() + " with subject " + subject,
            "/compatibility/subjects/"
                + encoded(subject)
                + "/versions?verbose=true"
                + normalize.replace('?', '&'),
            SchemaJson.of(schema).toString(),
            NO_SUCH_SUBJECT))
        .incompatibilities();
  }

  @Override
  public Compatibility compatibility(String subject) {
    return send(RegistryRequest.get(
            "get the compatibility of subject " + subject,
            "/config/" + encoded(subject) + "?defaultToGlobal=true",
            NO_SUCH_SUBJECT))
        .compatibility();
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    var unused =
        send(
            RegistryRequest.put(
                "set the compatibility of subject " + subject + " to " + compatibility,
                "/config/" + encoded(subject),
                JsonNodeFactory.instance
                    .objectNode()
                    .put("compatibility", compatibility.name())
                    .toString(),
                NO_SUCH_SUBJECT));
  }

  @Override
  public void close() {
    // On Java 17 an HttpClient ends by itself, once nothing refers to it.
  }

  private SchemaVersion version(String subject, String version, String query) {
    RegistryAnswer answer =
        send(
            RegistryRequest.get(
                "get version " + version + " of subject " + subject,
                "/subjects/" + encoded(subject) + "/versions/" + version + query,
                NO_SUCH_SUBJECT));
    return answer.version(subject);
  }

  private RegisteredSchema resolved(RegistryAnswer answer, OptionalInt id) {
    SchemaDefinition definition = answer.definition();
    return new RegisteredSchema(
        id,
        answer.guid(),
        definition.type(),
        definition.text(),
        definition.references(),
        // A version that was deleted softly is gone for writers only.
        ReferenceResolver.resolve(
            definition.references(),
            r -> version(r.subject(), String.valueOf(r.version()), "?deleted=true").definition()));
  }

  private RegistryAnswer send(RegistryRequest request) {
    return new RegistryAnswer(request, http.send(request));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
