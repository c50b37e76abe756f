package dev.weir.schemas.registry;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema as a registry gives it out, with all that it refers to.
 *
 * @param id its number; absent if it was asked for by GUID and the registry did not say
 * @param guid its identifier that is the same in every registry; absent from registries that give
 *     none
 * @param type the language that the text is in
 * @param text the schema's own text
 * @param references what the text refers to directly
 * @param dependencies what it refers to directly or through others, each before those that need it,
 *     each name once. Of two versions under one name the first one met stays, as with Confluent's
 *     clients.
 */
public record RegisteredSchema(
    OptionalInt id,
    Optional<UUID> guid,
    SchemaType type,
    String text,
    List<SchemaReference> references,
    List<Dependency> dependencies) {

  /** A schema that another one refers to, with its own text. */
  public record Dependency(SchemaReference reference, String text) {}

  public RegisteredSchema {
    references = List.copyOf(references);
    dependencies = List.copyOf(dependencies);
  }

  /**
   * The Avro schema that the text and its dependencies make.
   *
   * @throws SchemaRegistryException of kind {@code UNUSABLE} if it is of another type, or not valid
   */
  public Schema avro() {
    if (type != SchemaType.AVRO) {
      throw unusable("it is of type " + type + ", and AVRO is expected", null);
    }
    // Lenient about defaults: what other clients have registered is read as it is.
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    try {
      for (Dependency dependency : dependencies) {
        parser.parse(dependency.text());
      }
      return parser.parse(text);
    } catch (AvroRuntimeException e) {
      throw unusable("it is not a valid Avro schema: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw unusable("it is nested too deeply", e);
    }
  }

  /** The schema as it would be registered elsewhere. */
  public SchemaDefinition definition() {
    return new SchemaDefinition(type, text, references);
  }

  RegisteredSchema withGuid(UUID known) {
    return new RegisteredSchema(id, Optional.of(known), type, text, references, dependencies);
  }

  /** How messages name it: {@code the schema with id 7}. */
  String described() {
    return id.isPresent()
        ? "the schema with id " + id.getAsInt()
        : "the schema with GUID " + guid.map(UUID::toString).orElse("?");
  }

  private SchemaRegistryException unusable(String why, Throwable cause) {
    return new SchemaRegistryException(
        Kind.UNUSABLE, 200, 0, "cannot use " + described() + ": " + why, cause);
  }
}
