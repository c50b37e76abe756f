package dev.weir.schemas.registry;

/** The languages of schemas that a registry keeps; the names are those of Confluent's REST API. */
public enum SchemaType {
  AVRO,
  /** JSON Schema. */
  JSON,
  PROTOBUF;

  /**
   * Reads a name of the REST API.
   *
   * @throws IllegalArgumentException if it is none; the message names it
   */
  static SchemaType parse(String name) {
    for (SchemaType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("type " + name + " is not AVRO, JSON or PROTOBUF");
  }
}
