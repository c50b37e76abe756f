package dev.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a registry answered with success; each accessor throws {@link SchemaRegistryException} if
 * the answer does not hold it.
 */
record RegistryAnswer(RegistryRequest request, JsonNode json) {

  int id() {
    return number("id");
  }

  OptionalInt optionalId() {
    JsonNode id = json.path("id");
    return id.canConvertToInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  Optional<UUID> guid() {
    JsonNode guid = json.path("guid");
    if (!guid.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(guid.textValue()));
    } catch (IllegalArgumentException e) {
      throw unexpected("holds a guid that is none", e);
    }
  }

  /** The schema of this answer, whose dependencies are elsewhere. */
  SchemaDefinition definition() {
    try {
      return SchemaJson.definition(json);
    } catch (IllegalArgumentException e) {
      throw new SchemaRegistryException(
          Kind.UNUSABLE, 200, 0, "cannot " + request.purpose() + ": " + e.getMessage(), e);
    }
  }

  SchemaVersion version(String subject) {
    return new SchemaVersion(subject, number("version"), id(), definition());
  }

  Compatibility compatibility() {
    String level = json.path("compatibilityLevel").asText("");
    try {
      return Compatibility.valueOf(level);
    } catch (IllegalArgumentException e) {
      throw unexpected("holds no compatibilityLevel that is known", e);
    }
  }

  /** Empty if it says that the schema fits; something even if the registry gives no reasons. */
  List<String> incompatibilities() {
    JsonNode compatible = json.path("is_compatible");
    if (!compatible.isBoolean()) {
      throw unexpected("holds no is_compatible", null);
    }
    if (compatible.booleanValue()) {
      return List.of();
    }
    List<String> messages = new ArrayList<>();
    json.path("messages").forEach(message -> messages.add(message.asText()));
    return messages.isEmpty() ? List.of("the registry gives no reason") : messages;
  }

  <T> List<T> list(Predicate<JsonNode> type, Function<JsonNode, T> value) {
    if (!json.isArray()) {
      throw unexpected("is not a JSON array", null);
    }
    List<T> values = new ArrayList<>();
    for (JsonNode element : json) {
      if (!type.test(element)) {
        throw unexpected("is not an array of what was asked for", null);
      }
      values.add(value.apply(element));
    }
    return values;
  }

  private int number(String field) {
    JsonNode number = json.path(field);
    if (!number.canConvertToInt()) {
      throw unexpected("holds no " + field, null);
    }
    return number.intValue();
  }

  private SchemaRegistryException unexpected(String what, Exception cause) {
    return new SchemaRegistryException(
        Kind.UNEXPECTED,
        200,
        0,
        "cannot "
            + request.purpose()
            + ": the answer "
            + what
            + ". Check that schema.registry.url is that of a schema registry",
        cause);
  }
}
