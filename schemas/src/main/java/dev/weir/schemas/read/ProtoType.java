package dev.weir.schemas.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a field of a Protobuf message may hold, its names resolved. */
sealed interface ProtoType {

  /** A number, a truth value, text or bytes. */
  record Scalar(ProtoScalar scalar) implements ProtoType {}

  /**
   * One of several names.
   *
   * @param names by their numbers; others may come
   * @param first the name that stands first, which is the default
   */
  record Enumeration(Map<Integer, String> names, String first) implements ProtoType {}

  /** A map; on the wire, an entry is a message with the key as field 1 and the value as field 2. */
  record Mapping(ProtoScalar key, ProtoType value) implements ProtoType {}

  /** A type that is defined nowhere at hand: its values can only be skipped. */
  record Unknown() implements ProtoType {}

  /**
   * A message.
   *
   * <p>No record, for its fields are filled in after it is made: they may be of its own type.
   */
  final class Message implements ProtoType {
    private final String name;
    private final List<Field> fields = new ArrayList<>();

    Message(String name) {
      this.name = name;
    }

    /** Its full name. */
    String name() {
      return name;
    }

    List<Field> fields() {
      return fields;
    }
  }

  /**
   * A field of a message.
   *
   * @param repeated whether it is a list
   * @param hasPresence whether a record says if it has the field; if not, what is not written is
   *     the type's default
   */
  record Field(String name, int number, ProtoType type, boolean repeated, boolean hasPresence) {}
}
