package dev.weir.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry inside this process, for tests and the demo: {@code mock://scope} in {@code
 * schema.registry.url}.
 *
 * <p>All clients of one scope see the same schemas; they stay until {@link #drop}, whoever is
 * closed. Ids are 1, 2, … in the order of registration, and a new version of a subject must be
 * backward compatible, as with a real registry. Thread-safe.
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
  public int register(String subject, Schema schema) {
    return registered.register(subject, schema);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    return registered.lookUp(subject, schema);
  }

  @Override
  public Schema byId(int id) {
    return registered.byId(id);
  }

  @Override
  public void close() {
    // The scope outlives its clients.
  }
}
