package dev.weir.schemas.registry;

import java.util.Map;
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
public final class MockSchemaRegistry extends ForwardingSchemaRegistry {
  private static final Map<String, RegisteredSchemas> SCOPES = new ConcurrentHashMap<>();

  private MockSchemaRegistry(RegisteredSchemas registered) {
    super(registered);
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
  public void close() {
    // The scope outlives its clients.
  }
}
