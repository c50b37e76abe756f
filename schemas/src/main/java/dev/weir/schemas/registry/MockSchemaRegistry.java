package dev.weir.schemas.registry;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry inside this process, for tests and the demo: {@code mock://scope} in {@code
 * schema.registry.url}.
 *
 * <p>All clients of one scope see the same schemas; they stay until {@link #drop}, whoever is
 * closed. Ids are 1, 2, … in the order of registration. A new version of a subject must be backward
 * compatible unless {@link #setCompatibility} says otherwise, as with a real registry; of JSON
 * Schema and Protobuf only the type is compared. Thread-safe.
 */
public final class MockSchemaRegistry implements SchemaRegistry {
  private static final Map<String, RegisteredSchemas> SCOPES = new ConcurrentHashMap<>();

  private final RegisteredSchemas registered;

  private MockSchemaRegistry(RegisteredSchemas registered) {
    this.registered = registered;
  }

  /** A client of the scope, which comes into being with its first client. */
  public static MockSchemaRegistry ofScope(String scope) {
    return new MockSchemaRegistry(SCOPES.computeIfAbsent(scope, s -> new RegisteredSchemas()));
  }

  /** Forgets the scope: clients made afterwards find it empty. */
  public static void drop(String scope) {
    SCOPES.remove(scope);
  }

  @Override
  public int register(String subject, SchemaDefinition schema) {
    return registered.register(subject, schema);
  }

  @Override
  public int lookUp(String subject, SchemaDefinition schema) {
    return registered.lookUp(subject, schema).id();
  }

  @Override
  public RegisteredSchema fetch(int id) {
    return registered.fetch(id);
  }

  @Override
  public RegisteredSchema fetch(UUID guid) {
    return registered.fetch(guid);
  }

  @Override
  public SchemaVersion version(String subject, int version) {
    return registered.version(subject, version);
  }

  @Override
  public SchemaVersion latest(String subject) {
    return registered.latest(subject);
  }

  @Override
  public List<String> subjects() {
    return registered.subjects();
  }

  @Override
  public List<Integer> versions(String subject) {
    return registered.versions(subject);
  }

  @Override
  public List<String> incompatibilities(String subject, SchemaDefinition schema) {
    return registered.incompatibilities(subject, schema);
  }

  @Override
  public Compatibility compatibility(String subject) {
    return registered.compatibility(subject);
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    registered.setCompatibility(subject, compatibility);
  }

  @Override
  public void close() {
    // The scope outlives its clients.
  }
}
