package dev.weir.model.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what Jackson says of a config into what its writer has to change. */
final class BindingError {
  private BindingError() {}

  /**
   * Describes the error.
   *
   * @param config what could not be bound
   */
  static String describe(JsonMappingException e, JsonNode config) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return unknownKey(pathOf(e), unknown.getPropertyName(), names(unknown.getKnownPropertyIds()));
    }
    if (e instanceof InvalidTypeIdException type && type.getBaseType() != null) {
      return unknownType(type);
    }
    if (rootCause(e) instanceof Check.InvalidKeyException refused) {
      // A key that is missing is often there under a wrong name, which Jackson looks at only later.
      return misspelt(e, config)
          .orElseGet(() -> key(pathOf(e), refused.key()) + " " + refused.problem());
    }
    if (rootCause(e) instanceof IllegalArgumentException refused) {
      String path = pathOf(e);
      return (path.isEmpty() ? "" : "key '" + path + "': ") + refused.getMessage();
    }
    if (e instanceof InvalidNullException) {
      return "key '" + pathOf(e) + "' has no value; give it one, or leave it out";
    }
    if (e instanceof InvalidFormatException format) {
      return "key '"
          + pathOf(e)
          + "' is '"
          + format.getValue()
          + "', but must be "
          + wanted(format.getTargetType())
          + range(format);
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "key '" + pathOf(e) + "' must be " + wanted(mismatch.getTargetType());
    }
    return "key '" + pathOf(e) + "': " + e.getOriginalMessage();
  }

  private static String unknownKey(String path, String name, Set<String> known) {
    return "unknown key '"
        + path
        + "'"
        + NearestName.of(name, known).map(near -> "; did you mean '" + near + "'? ").orElse(". ")
        + "Known here: "
        + String.join(", ", known);
  }

  /** The first unknown key beside the one that a record misses. */
  private static Optional<String> misspelt(JsonMappingException e, JsonNode config) {
    if (!(e instanceof ValueInstantiationException instantiation)
        || instantiation.getType() == null
        || !instantiation.getType().getRawClass().isRecord()) {
      return Optional.empty();
    }
    Class<?> type = instantiation.getType().getRawClass();
    Set<String> known =
        names(Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList());
    Set<String> allowed = new TreeSet<>(known);
    for (Class<?> alternativeOf : type.getInterfaces()) {
      allowed.add(typeKey(alternativeOf));
    }
    String path = pathOf(e);
    return names(nodeAt(e, config).properties().stream().map(Map.Entry::getKey).toList()).stream()
        .filter(name -> !allowed.contains(name))
        .findFirst()
        .map(name -> unknownKey(path.isEmpty() ? name : path + "." + name, name, known));
  }

  private static JsonNode nodeAt(JsonMappingException e, JsonNode config) {
    JsonNode node = config;
    for (JsonMappingException.Reference step : e.getPath()) {
      node =
          step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
    }
    return node;
  }

  private static String unknownType(InvalidTypeIdException e) {
    Class<?> base = e.getBaseType().getRawClass();
    JsonSubTypes alternatives = base.getAnnotation(JsonSubTypes.class);
    Set<String> known =
        names(
            alternatives == null
                ? List.of()
                : Stream.of(alternatives.value()).map(JsonSubTypes.Type::name).toList());
    String id = e.getTypeId();
    return key(pathOf(e), typeKey(base))
        + (id == null ? " is missing: it must be " : " is '" + id + "', but must be ")
        + oneOf(known)
        + (id == null
            ? ""
            : NearestName.of(id, known).map(n -> "; did you mean '" + n + "'?").orElse(""));
  }

  /** The key that says which alternative of a sealed interface is meant. */
  private static String typeKey(Class<?> base) {
    JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
    return info == null || info.property().isEmpty() ? "type" : info.property();
  }

  private static Set<String> names(Collection<?> names) {
    return names == null
        ? Set.of()
        : names.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String oneOf(Collection<String> names) {
    return "one of " + String.join(", ", names);
  }

  private static Throwable rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String key(String path, String name) {
    return "key '" + (path.isEmpty() ? name : path + "." + name) + "'";
  }

  private static String pathOf(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  /** The bounds of the type, where a whole number is beyond them. */
  private static String range(InvalidFormatException e) {
    if (!String.valueOf(e.getValue()).matches("[-+]?\\d+")) {
      return "";
    }
    Class<?> type = e.getTargetType();
    if (type == int.class || type == Integer.class) {
      return " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    }
    if (type == long.class || type == Long.class) {
      return " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }
    return "";
  }

  /** An enum's constant as it is written in a config. */
  private static String named(Class<?> type, Enum<?> constant) {
    try {
      JsonProperty named = type.getField(constant.name()).getAnnotation(JsonProperty.class);
      return named == null ? constant.toString().toLowerCase(Locale.ROOT) : named.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("an enum has a field for each of its constants", e);
    }
  }

  private static String wanted(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return DurationText.EXAMPLES;
    }
    if (type.isEnum()) {
      return oneOf(
          Stream.of(type.getEnumConstants())
              .map(constant -> named(type, (Enum<?>) constant))
              .toList());
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord() || type.isSealed()) {
      return "a group of 'key: value' lines";
    }
    return "text";
  }
}
