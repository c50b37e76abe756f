package dev.weir.schemas.read;

import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field.Label;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.RegisteredSchema;
import dev.weir.schemas.registry.SchemaType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a {@code .proto} file and of those that it imports.
 *
 * <p>Wire parses the files; names are resolved here. Of Google's own types, which clients do not
 * register, those for moments and single values are known; others can be skipped, but not read.
 */
final class ProtoSchema {
  private static final String GOOGLES =
      """
      syntax = "proto3";
      package google.protobuf;
      message Timestamp { int64 seconds = 1; int32 nanos = 2; }
      message Duration { int64 seconds = 1; int32 nanos = 2; }
      message DoubleValue { double value = 1; }
      message FloatValue { float value = 1; }
      message Int64Value { int64 value = 1; }
      message UInt64Value { uint64 value = 1; }
      message Int32Value { int32 value = 1; }
      message UInt32Value { uint32 value = 1; }
      message BoolValue { bool value = 1; }
      message StringValue { string value = 1; }
      message BytesValue { bytes value = 1; }
      """;

  private final Map<String, ProtoType> types = new LinkedHashMap<>();
  private final ProtoFileElement file;

  private ProtoSchema(ProtoFileElement file) {
    this.file = file;
  }

  /**
   * Parses a schema.
   *
   * @throws RejectedRecordException if it is not Protobuf, or not valid
   */
  static ProtoSchema of(RegisteredSchema registered) throws RejectedRecordException {
    if (registered.type() != SchemaType.PROTOBUF) {
      throw unusable("the value's schema is of type " + registered.type() + ", not PROTOBUF");
    }
    try {
      Map<String, ProtoFileElement> files = new LinkedHashMap<>();
      files.put("", parse("google", GOOGLES));
      for (RegisteredSchema.Dependency dependency : registered.dependencies()) {
        String path = dependency.reference().name();
        files.put(path, parse(path, dependency.text()));
      }
      ProtoFileElement own = parse("schema", registered.text());
      files.put("schema", own);
      ProtoSchema schema = new ProtoSchema(own);
      files.values().forEach(schema::declare);
      files.values().forEach(schema::define);
      return schema;
    } catch (IllegalStateException | IllegalArgumentException | StackOverflowError e) {
      throw unusable("the value's Protobuf schema is not valid: " + e.getMessage());
    }
  }

  private static ProtoFileElement parse(String path, String text) {
    return ProtoParser.Companion.parse(Location.get(path), text);
  }

  /**
   * The message at a place: its index among the file's messages, then among those within it.
   *
   * @throws RejectedRecordException if there is none
   */
  ProtoType.Message message(List<Integer> indexes) throws RejectedRecordException {
    List<TypeElement> within = file.getTypes();
    StringBuilder name = new StringBuilder(scope(file));
    for (int index : indexes) {
      List<MessageElement> messages =
          within.stream()
              .filter(MessageElement.class::isInstance)
              .map(MessageElement.class::cast)
              .toList();
      if (index < 0 || index >= messages.size()) {
        throw new RejectedRecordException(
            RejectReason.MALFORMED, "the value's schema has no message at index " + indexes);
      }
      name.append(name.isEmpty() ? "" : ".").append(messages.get(index).getName());
      within = messages.get(index).getNestedTypes();
    }
    return (ProtoType.Message) types.get(name.toString());
  }

  private static String scope(ProtoFileElement file) {
    return file.getPackageName() == null ? "" : file.getPackageName();
  }

  private void declare(ProtoFileElement file) {
    file.getTypes().forEach(type -> declare(scope(file), type));
  }

  private void declare(String scope, TypeElement element) {
    String name = scope.isEmpty() ? element.getName() : scope + "." + element.getName();
    if (element instanceof EnumElement values) {
      types.put(name, enumeration(values));
    } else if (element instanceof MessageElement) {
      types.put(name, new ProtoType.Message(name));
    }
    element.getNestedTypes().forEach(nested -> declare(name, nested));
  }

  private static ProtoType enumeration(EnumElement element) {
    Map<Integer, String> names = new HashMap<>();
    element.getConstants().forEach(c -> names.putIfAbsent(c.getTag(), c.getName()));
    String first = element.getConstants().isEmpty() ? "" : element.getConstants().get(0).getName();
    return new ProtoType.Enumeration(names, first);
  }

  private void define(ProtoFileElement file) {
    boolean implicit = file.getSyntax() == Syntax.PROTO_3;
    file.getTypes().forEach(type -> define(scope(file), type, implicit));
  }

  private void define(String scope, TypeElement element, boolean implicit) {
    String name = scope.isEmpty() ? element.getName() : scope + "." + element.getName();
    if (element instanceof MessageElement message) {
      List<ProtoType.Field> fields = ((ProtoType.Message) types.get(name)).fields();
      fields.clear();
      for (FieldElement field : message.getFields()) {
        fields.add(field(name, field, implicit && field.getLabel() == null));
      }
      for (OneOfElement choice : message.getOneOfs()) {
        choice.getFields().forEach(field -> fields.add(field(name, field, false)));
      }
    }
    element.getNestedTypes().forEach(nested -> define(name, nested, implicit));
  }

  private ProtoType.Field field(String scope, FieldElement field, boolean implicit) {
    ProtoType type = type(scope, field.getType());
    boolean repeated = field.getLabel() == Label.REPEATED;
    boolean plain = type instanceof ProtoType.Scalar || type instanceof ProtoType.Enumeration;
    return new ProtoType.Field(
        field.getName(), field.getTag(), type, repeated, !(implicit && plain));
  }

  private ProtoType type(String scope, String name) {
    ProtoScalar scalar = ProtoScalar.named(name);
    if (scalar != null) {
      return new ProtoType.Scalar(scalar);
    }
    if (name.startsWith("map<") && name.endsWith(">")) {
      int comma = name.indexOf(',');
      ProtoScalar key = ProtoScalar.named(name.substring("map<".length(), comma).trim());
      ProtoType value = type(scope, name.substring(comma + 1, name.length() - 1).trim());
      return key == null ? new ProtoType.Unknown() : new ProtoType.Mapping(key, value);
    }
    return named(scope, name);
  }

  /** Names are looked for in the message itself, then in what is around it. */
  private ProtoType named(String scope, String name) {
    if (name.startsWith(".")) {
      return types.getOrDefault(name.substring(1), new ProtoType.Unknown());
    }
    String around = scope;
    while (true) {
      ProtoType found = types.get(around.isEmpty() ? name : around + "." + name);
      if (found != null) {
        return found;
      }
      if (around.isEmpty()) {
        return new ProtoType.Unknown();
      }
      around = around.substring(0, Math.max(0, around.lastIndexOf('.')));
    }
  }

  private static RejectedRecordException unusable(String message) {
    return new RejectedRecordException(RejectReason.UNUSABLE_SCHEMA, message);
  }
}
