package dev.weir.schemas.registry;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A registry that asks another one once.
 *
 * <p>Schemas, registrations and versions never change, so they are kept for good: a registry that
 * is down stops nothing that is already known. That an id or GUID is unknown is kept for a short
 * time only, and for the latest {@value #MAX_UNKNOWN} of them, so that a topic of garbage neither
 * floods the registry nor fills the memory. No other failure is kept, and nothing that changes: the
 * latest version, the lists, the rules. Two threads that miss at once may both ask.
 */
final class CachingSchemaRegistry extends ForwardingSchemaRegistry {
  private static final int MAX_UNKNOWN = 1_000;

  private final long unknownForNanos;
  private final LongSupplier nanoTime;

  /** By id (an Integer) or by GUID (a UUID). */
  private final ConcurrentMap<Object, RegisteredSchema> fetched = new ConcurrentHashMap<>();

  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final ConcurrentMap<Registration, Integer> ids = new ConcurrentHashMap<>();
  private final ConcurrentMap<VersionKey, SchemaVersion> versions = new ConcurrentHashMap<>();
  private final Map<Object, Unknown> unknown =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Unknown> eldest) {
          return size() > MAX_UNKNOWN;
        }
      };

  /** The whole text, since two schemas are equal to Avro that differ in their documentation. */
  private record Registration(String subject, SchemaDefinition schema) {}

  private record VersionKey(String subject, int version) {}

  private record Unknown(long sinceNanos, SchemaRegistryException answer) {}

  CachingSchemaRegistry(SchemaRegistry delegate, Duration unknownFor, LongSupplier nanoTime) {
    super(delegate);
    this.unknownForNanos = unknownFor.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public int register(String subject, SchemaDefinition schema) {
    Registration registration = new Registration(subject, schema);
    Integer known = ids.get(registration);
    return known == null ? remember(registration, super.register(subject, schema)) : known;
  }

  @Override
  public int lookUp(String subject, SchemaDefinition schema) {
    Registration registration = new Registration(subject, schema);
    Integer known = ids.get(registration);
    return known == null ? remember(registration, super.lookUp(subject, schema)) : known;
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Schema parsed = fetch(id).avro();
    Schema before = schemas.putIfAbsent(id, parsed);
    return before == null ? parsed : before;
  }

  @Override
  public RegisteredSchema fetch(int id) {
    return fetch(id, super::fetch);
  }

  @Override
  public RegisteredSchema fetch(UUID guid) {
    return fetch(guid, super::fetch);
  }

  @Override
  public SchemaVersion version(String subject, int version) {
    VersionKey key = new VersionKey(subject, version);
    SchemaVersion known = versions.get(key);
    if (known != null) {
      return known;
    }
    SchemaVersion found = super.version(subject, version);
    versions.put(key, found);
    return found;
  }

  private <K> RegisteredSchema fetch(K key, Function<K, RegisteredSchema> source) {
    RegisteredSchema known = fetched.get(key);
    if (known != null) {
      return known;
    }
    throwIfUnknown(key);
    try {
      RegisteredSchema schema = source.apply(key);
      fetched.put(key, schema);
      return schema;
    } catch (SchemaRegistryException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        synchronized (unknown) {
          unknown.remove(key);
          unknown.put(key, new Unknown(nanoTime.getAsLong(), e));
        }
      }
      throw e;
    }
  }

  private int remember(Registration registration, int id) {
    ids.put(registration, id);
    // Another client's record may have come first, when the id was not yet known.
    synchronized (unknown) {
      unknown.remove(id);
    }
    return id;
  }

  private void throwIfUnknown(Object key) {
    Unknown before;
    synchronized (unknown) {
      before = unknown.get(key);
    }
    if (before != null && nanoTime.getAsLong() - before.sinceNanos() < unknownForNanos) {
      SchemaRegistryException answer = before.answer();
      throw new SchemaRegistryException(
          answer.kind(), answer.status(), answer.errorCode(), answer.getMessage(), answer);
    }
  }
}
