package dev.weir.schemas.registry;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A registry that asks another one once.
 *
 * <p>Schemas and registrations never change, so they are kept for good: a registry that is down
 * stops nothing that is already known. That an id is unknown is kept for a short time only, and for
 * the latest {@value #MAX_UNKNOWN} such ids, so that a topic of garbage neither floods the registry
 * nor fills the memory. No other failure is kept. Two threads that miss at once may both ask.
 */
final class CachingSchemaRegistry implements SchemaRegistry {
  private static final int MAX_UNKNOWN = 1_000;

  private final SchemaRegistry delegate;
  private final long unknownForNanos;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final ConcurrentMap<Registration, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Unknown> unknown =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Unknown> eldest) {
          return size() > MAX_UNKNOWN;
        }
      };

  /** The whole text, since two schemas are equal to Avro that differ in their documentation. */
  private record Registration(String subject, String schema) {}

  private record Unknown(long sinceNanos, SchemaRegistryException answer) {}

  CachingSchemaRegistry(SchemaRegistry delegate, Duration unknownFor, LongSupplier nanoTime) {
    this.delegate = delegate;
    this.unknownForNanos = unknownFor.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public int register(String subject, Schema schema) {
    Registration registration = new Registration(subject, schema.toString());
    Integer known = ids.get(registration);
    return known == null ? remember(registration, delegate.register(subject, schema)) : known;
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    Registration registration = new Registration(subject, schema.toString());
    Integer known = ids.get(registration);
    return known == null ? remember(registration, delegate.lookUp(subject, schema)) : known;
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    throwIfUnknown(id);
    try {
      Schema schema = delegate.byId(id);
      schemas.put(id, schema);
      return schema;
    } catch (SchemaRegistryException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        synchronized (unknown) {
          unknown.remove(id);
          unknown.put(id, new Unknown(nanoTime.getAsLong(), e));
        }
      }
      throw e;
    }
  }

  @Override
  public void close() {
    delegate.close();
  }

  private int remember(Registration registration, int id) {
    ids.put(registration, id);
    // Another client's record may have come first, when the id was not yet known.
    synchronized (unknown) {
      unknown.remove(id);
    }
    return id;
  }

  private void throwIfUnknown(int id) {
    Unknown before;
    synchronized (unknown) {
      before = unknown.get(id);
    }
    if (before != null && nanoTime.getAsLong() - before.sinceNanos() < unknownForNanos) {
      SchemaRegistryException answer = before.answer();
      throw new SchemaRegistryException(
          answer.kind(), answer.status(), answer.errorCode(), answer.getMessage(), answer);
    }
  }
}
