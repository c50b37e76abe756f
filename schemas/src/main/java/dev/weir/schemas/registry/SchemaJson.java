package dev.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How the REST API writes a schema: {@code schema}, {@code schemaType} and {@code references}. */
final class SchemaJson {
  private SchemaJson() {}

  /**
   * Reads a schema; AVRO is the type of one that names none.
   *
   * @throws IllegalArgumentException if the type is unknown or a reference incomplete
   */
  static SchemaDefinition definition(JsonNode json) {
    List<SchemaReference> references = new ArrayList<>();
    for (JsonNode reference : json.path("references")) {
      references.add(
          new SchemaReference(
              reference.path("name").asText(""),
              reference.path("subject").asText(""),
              reference.path("version").asInt(0)));
    }
    return new SchemaDefinition(
        SchemaType.parse(json.path("schemaType").asText("AVRO")),
        json.path("schema").asText(""),
        references);
  }

  /** Writes a schema. The type AVRO is left out, since old registries know no types. */
  static ObjectNode of(SchemaDefinition schema) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("schema", schema.text());
    if (schema.type() != SchemaType.AVRO) {
      json.put("schemaType", schema.type().name());
    }
    if (!schema.references().isEmpty()) {
      json.set("references", references(schema.references()));
    }
    return json;
  }

  private static ArrayNode references(List<SchemaReference> references) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (SchemaReference reference : references) {
      json.addObject()
          .put("name", reference.name())
          .put("subject", reference.subject())
          .put("version", reference.version());
    }
    return json;
  }
}
