package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A schema as a registry takes it.
 *
 * @param type the language that the text is in
 * @param text an Avro or JSON Schema in JSON, or a {@code .proto} file
 * @param references the schemas that the text uses without defining them
 */
public record SchemaDefinition(SchemaType type, String text, List<SchemaReference> references) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SchemaDefinition {
    references = List.copyOf(references);
  }

  /** An Avro schema that defines all that it uses. */
  public static SchemaDefinition avro(Schema schema) {
    return new SchemaDefinition(SchemaType.AVRO, schema.toString(), List.of());
  }

  /** The full name of a named Avro schema, and the type of others: for messages. */
  String shortName() {
    if (type == SchemaType.AVRO) {
      try {
        JsonNode json = JSON.readTree(text);
        String name = json.path("name").asText("");
        String namespace = json.path("namespace").asText("");
        if (!name.isEmpty()) {
          return namespace.isEmpty() || name.contains(".") ? name : namespace + "." + name;
        }
      } catch (JsonProcessingException e) {
        // The registry will say so, and better.
        return type.name();
      }
    }
    return type.name();
  }
}
