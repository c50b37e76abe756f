package dev.weir.schemas.registry;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * The memory of a registry: schemas by id, and each subject's versions.
 *
 * <p>Ids are 1, 2, … in the order in which different schemas come; a schema has one id under all
 * subjects. A subject's new version must be able to read what its latest one wrote (BACKWARD, the
 * default of Confluent's registry). Thread-safe. Failures carry the status and error code that the
 * REST API has for them.
 */
final class RegisteredSchemas {
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final Map<String, List<Integer>> versions = new LinkedHashMap<>();

  synchronized int register(String subject, Schema schema) {
    Integer known = ids.get(schema.toString());
    List<Integer> held = versions.getOrDefault(subject, List.of());
    if (known != null && held.contains(known)) {
      return known;
    }
    if (!held.isEmpty()) {
      requireCompatible(subject, schema, byId(held.get(held.size() - 1)));
    }
    int id = known == null ? add(schema) : known;
    versions.computeIfAbsent(subject, s -> new ArrayList<>()).add(id);
    return id;
  }

  synchronized int lookUp(String subject, Schema schema) {
    Integer known = ids.get(schema.toString());
    if (known == null || !existing(subject).contains(known)) {
      existing(subject);
      throw notFound(40403, "Schema not found under subject '" + subject + "'");
    }
    return known;
  }

  synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw notFound(40403, "Schema " + id + " not found");
    }
    return schemas.get(id - 1);
  }

  /** The id of a version, counted from 1. */
  synchronized int idOfVersion(String subject, int version) {
    List<Integer> held = existing(subject);
    if (version < 1 || version > held.size()) {
      throw notFound(40402, "Version " + version + " not found under subject '" + subject + "'");
    }
    return held.get(version - 1);
  }

  /** The version, counted from 1, at which a subject has an id. */
  synchronized int versionOf(String subject, int id) {
    return existing(subject).indexOf(id) + 1;
  }

  synchronized int versionCount(String subject) {
    return existing(subject).size();
  }

  synchronized List<String> subjects() {
    return List.copyOf(versions.keySet());
  }

  private int add(Schema schema) {
    schemas.add(schema);
    ids.put(schema.toString(), schemas.size());
    return schemas.size();
  }

  private List<Integer> existing(String subject) {
    List<Integer> held = versions.get(subject);
    if (held == null) {
      throw notFound(40401, "Subject '" + subject + "' not found");
    }
    return held;
  }

  private static void requireCompatible(String subject, Schema schema, Schema latest) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(schema, latest);
    if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new SchemaRegistryException(
          Kind.INCOMPATIBLE,
          409,
          409,
          "Schema being registered cannot read what the latest one under subject '"
              + subject
              + "' wrote: "
              + result.getResult().getIncompatibilities());
    }
  }

  private static SchemaRegistryException notFound(int code, String message) {
    return new SchemaRegistryException(Kind.NOT_FOUND, 404, code, message);
  }
}
