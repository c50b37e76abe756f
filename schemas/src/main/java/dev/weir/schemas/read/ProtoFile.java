package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.util.List;
import java.util.Map;

/**
 * What a Protobuf schema declares, as far as reading records needs it, whichever way it was
 * written; names of types are not resolved yet.
 *
 * @param scope the package, empty if there is none
 */
record ProtoFile(String scope, List<Declaration> types) {

  /** A message or an enum. */
  sealed interface Declaration {
    String name();
  }

  /** An enum; the first name is the default. */
  record Enumeration(String name, Map<Integer, String> names, String first)
      implements Declaration {}

  /**
   * A message.
   *
   * @param ofGroup whether it is declared by a field that is a group; such ones have no index
   */
  record Message(String name, List<Field> fields, List<Declaration> nested, boolean ofGroup)
      implements Declaration {}

  /**
   * A field.
   *
   * @param type a scalar's name, {@code map<key, value>}, or a name to be resolved
   * @param implicit whether a record does not say if it has the field, should its type allow it
   * @param delimited whether it is written as a group, should it hold a message
   * @param choice the place of the {@code oneof} that it is in, below 0 if it is in none
   */
  record Field(
      String name,
      int number,
      String type,
      boolean repeated,
      boolean implicit,
      boolean delimited,
      int choice) {
    static final int NO_CHOICE = -1;
  }

  /**
   * Reads a schema: the text of a {@code .proto} file, or a serialized {@code FileDescriptorProto}
   * in Base64, as some clients register it.
   *
   * @param name for messages
   * @throws RejectedRecordException if it is neither
   */
  static ProtoFile parse(String name, String schema) throws RejectedRecordException {
    return ProtoDescriptors.isBase64(schema)
        ? ProtoDescriptors.parse(name, schema)
        : ProtoText.parse(name, schema);
  }

  static RejectedRecordException notValid(String name, String why) {
    return new RejectedRecordException(
        RejectReason.UNUSABLE_SCHEMA, "the Protobuf schema " + name + " is not valid: " + why);
  }
}
