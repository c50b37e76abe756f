package dev.weir.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The mark {@code avro.java.string} that Avro's code generator leaves in schemas.
 *
 * <p>It says how Java holds a string and is nobody else's business: with it the registry would hold
 * a schema that differs from the {@code .avsc} file, and one registered from that file by other
 * means would not be found.
 */
final class JavaStringProperty {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JavaStringProperty() {}

  /** The schema without the mark, itself if it has none. */
  static Schema removedFrom(Schema schema) {
    String text = schema.toString();
    if (!text.contains(GenericData.STRING_PROP)) {
      return schema;
    }
    try {
      JsonNode root = JSON.readTree(text);
      remove(root);
      return new Schema.Parser().setValidateDefaults(false).parse(root.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON: " + text, e);
    }
  }

  private static void remove(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
    }
    node.forEach(JavaStringProperty::remove);
  }
}
