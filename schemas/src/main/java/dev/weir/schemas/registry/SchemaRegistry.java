package dev.weir.schemas.registry;

import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A place where schemas are kept under subjects and found again by a number.
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
  int register(String subject, SchemaDefinition schema);

  /** The same for an Avro schema that defines all that it uses. */
  default int register(String subject, Schema schema) {
    return register(subject, SchemaDefinition.avro(schema));
  }

  /**
   * The id of a schema that is already under the subject; changes nothing.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if the subject does not have it
   */
  int lookUp(String subject, SchemaDefinition schema);

  /** The same for an Avro schema that defines all that it uses. */
  default int lookUp(String subject, Schema schema) {
    return lookUp(subject, SchemaDefinition.avro(schema));
  }

  /**
   * The schema that was given this id, with all that it refers to.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if the registry says that there is
   *     none, {@code UNUSABLE} if it is of an unknown type, or what it refers to is missing, in a
   *     circle, too deep or too much
   */
  RegisteredSchema fetch(int id);

  /**
   * The schema with this GUID, which newer serializers put into record headers; otherwise as {@link
   * #fetch(int)}. Registries other than Confluent's may know none.
   */
  RegisteredSchema fetch(UUID guid);

  /**
   * The Avro schema that was given this id.
   *
   * @throws SchemaRegistryException as {@link #fetch(int)}, and of kind {@code UNUSABLE} if it is
   *     not a valid Avro schema
   */
  default Schema byId(int id) {
    return fetch(id).avro();
  }

  /**
   * One version of a subject, counted from 1.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if there is no such subject or
   *     version
   */
  SchemaVersion version(String subject, int version);

  /**
   * The newest version of a subject.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if there is no such subject
   */
  SchemaVersion latest(String subject);

  /** The names of all subjects that the client may see. */
  List<String> subjects();

  /**
   * The versions that a subject has, ascending.
   *
   * @throws SchemaRegistryException of kind {@code NOT_FOUND} if there is no such subject
   */
  List<Integer> versions(String subject);

  /**
   * What forbids to register the schema under the subject, in the registry's words; empty if
   * nothing does. Changes nothing.
   */
  List<String> incompatibilities(String subject, SchemaDefinition schema);

  /** The rule that holds for a subject: its own, or else that of the whole registry. */
  Compatibility compatibility(String subject);

  /** Gives a subject, which need not exist yet, a rule of its own. */
  void setCompatibility(String subject, Compatibility compatibility);

  /** Releases what the client holds; what is registered stays. Does nothing the second time. */
  @Override
  void close();
}
