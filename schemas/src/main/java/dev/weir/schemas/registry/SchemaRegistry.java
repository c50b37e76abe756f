package dev.weir.schemas.registry;

import org.apache.avro.Schema;

/**
 * A place where Avro schemas are kept under subjects and found again by a number.
 *
 * <p>Implementations are safe for use by several threads. Every method may wait for the network and
 * throws {@link SchemaRegistryException} if it has no answer; {@link
 * SchemaRegistryException#kind()} tells an answer of "no" from no answer at all.
 */
public interface SchemaRegistry extends AutoCloseable {

  /**
   * Puts a schema under a subject, or finds it there: the same schema has the same id however often
   * it is registered.
   *
   * @throws SchemaRegistryException among others of kind {@code INCOMPATIBLE} if the subject's
   *     rules forbid the schema
   */
  int register(String subject, Schema schema);

  /**
   * The id of a schema that is already under the subject; changes nothing.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if the subject does not have it
   */
  int lookUp(String subject, Schema schema);

  /**
   * The schema that was given this id.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if the registry says that there is
   *     none, {@code UNUSABLE} if there is one that is not a self-contained Avro schema
   */
  Schema byId(int id);

  /** Releases what the client holds; what is registered stays. Does nothing the second time. */
  @Override
  void close();
}
