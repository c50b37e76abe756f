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
    /** A date, a time of day, a moment. */
    TIME,
    /** Text, truth values, maps and arrays, or several of all. */
    OTHER
  }
}
