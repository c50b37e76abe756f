package dev.weir.schemas.registry;

/**
 * That a schema uses another one which is registered by itself.
 *
 * @param name how the text names it: a full name in Avro, a path after {@code import} in Protobuf,
 *     a URL after {@code $ref} in JSON Schema
 * @param subject the subject that keeps it
 * @param version its version there, counted from 1
 */
public record SchemaReference(String name, String subject, int version) {

  public SchemaReference {
    if (name.isEmpty() || subject.isEmpty() || version < 1) {
      throw new IllegalArgumentException(
          "a reference needs a name, a subject and a version of at least 1, but has name '%s', subject '%s', version %d"
              .formatted(name, subject, version));
    }
  }

  @Override
  public String toString() {
    return name + " (subject " + subject + ", version " + version + ")";
  }
}
