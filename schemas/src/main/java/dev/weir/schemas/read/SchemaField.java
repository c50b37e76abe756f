package dev.weir.schemas.read;

/**
 * A field that a schema says its records have.
 *
 * @param name as a path to it is written, with dots for a nested field
 * @param type what it holds
 */
public record SchemaField(String name, Type type) {

  /** What a field holds, as far as it can become a feature. */
  public enum Type {
    /** Numbers, or numbers and null. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** Text, enums and UUIDs. */
    TEXT,
    /** A moment, which is read as milliseconds since 1970. */
    MOMENT,
    /** A time that is no moment: a date, a time of day, a duration. */
    TIME,
    /** Maps and arrays, bytes, or several of all. */
    OTHER
  }
}
