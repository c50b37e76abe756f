package dev.weir.schemas.registry;

import dev.weir.schemas.registry.RegisteredSchema.Dependency;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * The memory of a registry: schemas by id, and each subject's versions and rule.
 *
 * <p>Ids are 1, 2, … in the order in which different schemas come; a schema has one id under all
 * subjects, and a GUID that depends on nothing but its content. Avro schemas are compared without
 * their white space; a new one must fit by the subject's {@link Compatibility}, BACKWARD unless set
 * (the default of Confluent's registry). Of JSON Schema and Protobuf only the type must stay.
 * Thread-safe. Failures carry the status and error code that the REST API has for them.
 */
final class RegisteredSchemas implements SchemaRegistry {
  private final List<RegisteredSchema> schemas = new ArrayList<>();
  private final Map<SchemaDefinition, Integer> ids = new LinkedHashMap<>();
  private final Map<String, List<Integer>> versions = new LinkedHashMap<>();
  private final Map<String, Compatibility> rules = new LinkedHashMap<>();

  @Override
  public synchronized int register(String subject, SchemaDefinition schema) {
    RegisteredSchema candidate = checked(schema);
    SchemaDefinition definition = candidate.definition();
    Integer known = ids.get(definition);
    List<Integer> held = versions.getOrDefault(subject, List.of());
    if (known != null && held.contains(known)) {
      return known;
    }
    List<String> against = incompatibilities(subject, candidate);
    if (!against.isEmpty()) {
      throw new SchemaRegistryException(
          Kind.INCOMPATIBLE,
          409,
          409,
          "Schema being registered does not fit subject '" + subject + "': " + against);
    }
    int id = known == null ? add(candidate) : known;
    versions.computeIfAbsent(subject, s -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public int lookUp(String subject, SchemaDefinition schema) {
    return find(subject, schema).id();
  }

  /**
   * The subject's version that is this schema.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if there is none
   */
  synchronized SchemaVersion find(String subject, SchemaDefinition schema) {
    List<Integer> held = existing(subject);
    Integer known = ids.get(checked(schema).definition());
    if (known == null || !held.contains(known)) {
      throw notFound(40403, "Schema not found under subject '" + subject + "'");
    }
    return version(subject, held.indexOf(known) + 1);
  }

  @Override
  public synchronized RegisteredSchema fetch(int id) {
    if (id < 1 || id > schemas.size()) {
      throw notFound(40403, "Schema " + id + " not found");
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized RegisteredSchema fetch(UUID guid) {
    return schemas.stream()
        .filter(schema -> schema.guid().equals(Optional.of(guid)))
        .findFirst()
        .orElseThrow(() -> notFound(40403, "Schema " + guid + " not found"));
  }

  @Override
  public synchronized SchemaVersion version(String subject, int version) {
    List<Integer> held = existing(subject);
    if (version < 1 || version > held.size()) {
      throw notFound(40402, "Version " + version + " not found under subject '" + subject + "'");
    }
    int id = held.get(version - 1);
    return new SchemaVersion(subject, version, id, fetch(id).definition());
  }

  @Override
  public synchronized SchemaVersion latest(String subject) {
    return version(subject, existing(subject).size());
  }

  @Override
  public synchronized List<Integer> versions(String subject) {
    return IntStream.rangeClosed(1, existing(subject).size()).boxed().toList();
  }

  @Override
  public synchronized List<String> subjects() {
    return List.copyOf(versions.keySet());
  }

  @Override
  public synchronized List<String> incompatibilities(String subject, SchemaDefinition schema) {
    return incompatibilities(subject, checked(schema));
  }

  @Override
  public synchronized Compatibility compatibility(String subject) {
    return rules.getOrDefault(subject, Compatibility.BACKWARD);
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility compatibility) {
    rules.put(subject, compatibility);
  }

  /** Nothing is held that would have to be released. */
  @Override
  public void close() {
    // The memory goes with its last user.
  }

  private int add(RegisteredSchema candidate) {
    int id = schemas.size() + 1;
    schemas.add(
        new RegisteredSchema(
            OptionalInt.of(id),
            candidate.guid(),
            candidate.type(),
            candidate.text(),
            candidate.references(),
            candidate.dependencies()));
    ids.put(candidate.definition(), id);
    return id;
  }

  /** The schema with its references resolved and its text in one form, without an id yet. */
  private RegisteredSchema checked(SchemaDefinition schema) {
    List<Dependency> dependencies;
    try {
      dependencies =
          ReferenceResolver.resolve(
              schema.references(), r -> version(r.subject(), r.version()).definition());
    } catch (SchemaRegistryException e) {
      throw invalid(e);
    }
    RegisteredSchema given = registered(schema, schema.text(), dependencies);
    if (schema.type() != SchemaType.AVRO) {
      return given;
    }
    try {
      Schema avro = given.avro();
      // With references the parsed schema holds what they define, and that is not the text.
      return dependencies.isEmpty() ? registered(schema, avro.toString(), dependencies) : given;
    } catch (SchemaRegistryException e) {
      throw invalid(e);
    }
  }

  private static RegisteredSchema registered(
      SchemaDefinition schema, String text, List<Dependency> dependencies) {
    String content = schema.type() + "\n" + text + "\n" + schema.references();
    UUID guid = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    return new RegisteredSchema(
        OptionalInt.empty(),
        Optional.of(guid),
        schema.type(),
        text,
        schema.references(),
        dependencies);
  }

  private List<Integer> existing(String subject) {
    List<Integer> held = versions.get(subject);
    if (held == null) {
      throw notFound(40401, "Subject '" + subject + "' not found");
    }
    return held;
  }

  private List<String> incompatibilities(String subject, RegisteredSchema schema) {
    Compatibility rule = compatibility(subject);
    List<Integer> held = versions.getOrDefault(subject, List.of());
    int first = rule.transitive() ? 0 : Math.max(0, held.size() - 1);
    List<String> found = new ArrayList<>();
    for (int id : held.subList(first, held.size())) {
      RegisteredSchema earlier = fetch(id);
      if (rule == Compatibility.NONE) {
        continue;
      }
      if (schema.type() != earlier.type()) {
        found.add("it is of type " + schema.type() + ", an earlier one of " + earlier.type());
      } else if (schema.type() == SchemaType.AVRO) {
        if (rule.backward()) {
          found.addAll(unreadable(schema.avro(), earlier.avro()));
        }
        if (rule.forward()) {
          found.addAll(unreadable(earlier.avro(), schema.avro()));
        }
      }
    }
    return found;
  }

  private static List<String> unreadable(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static SchemaRegistryException invalid(SchemaRegistryException cause) {
    return new SchemaRegistryException(
        Kind.UNUSABLE, 422, 42201, "Invalid schema: " + cause.getMessage(), cause);
  }

  private static SchemaRegistryException notFound(int code, String message) {
    return new SchemaRegistryException(Kind.NOT_FOUND, 404, code, message);
  }
}
