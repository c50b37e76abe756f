package dev.weir.model.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Where a field is in a record: the names of the fields that lead to it, from the outside in.
 *
 * <p>Written with dots: {@code payload.cpu.user}. A name that has a dot of its own cannot be
 * reached.
 */
public record FieldPath(List<String> names) {

  public FieldPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "field path '"
              + String.join(".", names)
              + "' has an empty name; write it as outer.inner");
    }
    for (String name : names) {
      if (name.indexOf('.') >= 0) {
        throw new IllegalArgumentException(
            "the field name '" + name + "' has a dot, which a path cannot tell from its own dots");
      }
    }
  }

  @JsonCreator
  public static FieldPath parse(String dotted) {
    return new FieldPath(List.of(dotted.split("\\.", -1)));
  }

  @JsonValue
  @Override
  public String toString() {
    return String.join(".", names);
  }
}
