package dev.weir.schemas.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a field of a Protobuf message may hold, its names resolved. */
sealed interface ProtoType {

  /** A number, a truth value, text or bytes. */
  record Scalar(ProtoScalar scalar) implements ProtoType {
    @Override
    public int wireType() {
      return scalar.wireType();
    }
  }

  /**
   * One of several names.
   *
   * @param names by their numbers; others may come
   * @param first the name that stands first, which is the default
   */
  record Enumeration(Map<Integer, String> names, String first) implements ProtoType {
    @Override
    public int wireType() {
      return ProtoCursor.VARINT;
    }
  }

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
    private List<Field> fields = List.of();

    Message(String name) {
      this.name = name;
    }

    /** Its full name. */
    String name() {
      return name;
    }

    void define(List<Field> fields) {
      this.fields = List.copyOf(fields);
    }

    List<Field> fields() {
      return fields;
    }

    /** The fields of each {@code oneof}. */
    Collection<List<Field>> choices() {
      return fields.stream()
          .filter(field -> field.choice() >= 0)
          .collect(Collectors.groupingBy(Field::choice))
          .values();
    }
  }

  /**
   * A field of a message.
   *
   * @param repeated whether it is a list
   * @param hasPresence whether a record says if it has the field; if not, what is not written is
   *     the type's default
   * @param isGroup whether its message is written as a group, without a length
   * @param choice the place of the {@code oneof} that it is in, below 0 if it is in none
   */
  record Field(
      String name,
      int number,
      ProtoType type,
      boolean repeated,
      boolean hasPresence,
      boolean isGroup,
      int choice) {

    /** How a value of it is written, an item if it is a list. */
    int wireType() {
      return isGroup ? ProtoCursor.GROUP : type.wireType();
    }
  }

  /** How a value is written, if not as a group. */
  default int wireType() {
    return ProtoCursor.LENGTH;
  }
}
