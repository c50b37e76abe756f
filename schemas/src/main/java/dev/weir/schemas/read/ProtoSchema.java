package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.RegisteredSchema;
import dev.weir.schemas.registry.SchemaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a Protobuf schema and of those that it imports, with their types' names resolved.
 *
 * <p>Of Google's own types, which clients do not register, those for moments and single values are
 * known; others can be skipped, but not read.
 */
final class ProtoSchema {
  private static final String GOOGLES_TEXT =
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

  private static final ProtoFile GOOGLES = googles();

  private final Map<String, ProtoType> types = new LinkedHashMap<>();
  private final ProtoFile file;

  private ProtoSchema(ProtoFile file) {
    this.file = file;
  }

  /**
   * Reads a schema.
   *
   * @throws RejectedRecordException if it is not Protobuf, or not valid
   */
  static ProtoSchema of(RegisteredSchema registered) throws RejectedRecordException {
    if (registered.type() != SchemaType.PROTOBUF) {
      throw new RejectedRecordException(
          RejectReason.UNUSABLE_SCHEMA,
          "the value's schema is of type " + registered.type() + ", not PROTOBUF");
    }
    Map<String, ProtoFile> files = new LinkedHashMap<>();
    files.put("", GOOGLES);
    for (RegisteredSchema.Dependency dependency : registered.dependencies()) {
      String path = dependency.reference().name();
      files.put(path, ProtoFile.parse(path, dependency.text()));
    }
    ProtoSchema schema = new ProtoSchema(ProtoFile.parse("of the value", registered.text()));
    for (ProtoFile imported : files.values()) {
      schema.declare(imported.scope(), imported.types());
    }
    schema.declare(schema.file.scope(), schema.file.types());
    for (ProtoFile imported : files.values()) {
      schema.define(imported.scope(), imported.types());
    }
    schema.define(schema.file.scope(), schema.file.types());
    return schema;
  }

  private static ProtoFile googles() {
    try {
      return ProtoFile.parse("of Google's types", GOOGLES_TEXT);
    } catch (RejectedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The message at a place: its index among the file's messages, then among those within it.
   *
   * @throws RejectedRecordException if there is none
   */
  ProtoType.Message message(List<Integer> indexes) throws RejectedRecordException {
    List<ProtoFile.Declaration> within = file.types();
    String name = file.scope();
    for (int index : indexes) {
      List<ProtoFile.Message> messages = indexed(within);
      if (index < 0 || index >= messages.size()) {
        throw new RejectedRecordException(
            RejectReason.MALFORMED, "the value's schema has no message at index " + indexes);
      }
      name = joined(name, messages.get(index).name());
      within = messages.get(index).nested();
    }
    return (ProtoType.Message) types.get(name);
  }

  private static List<ProtoFile.Message> indexed(List<ProtoFile.Declaration> types) {
    return types.stream()
        .filter(ProtoFile.Message.class::isInstance)
        .map(ProtoFile.Message.class::cast)
        .filter(message -> !message.ofGroup())
        .toList();
  }

  private static String joined(String scope, String name) {
    return scope.isEmpty() ? name : scope + "." + name;
  }

  private void declare(String scope, List<ProtoFile.Declaration> declarations) {
    for (ProtoFile.Declaration each : declarations) {
      String name = joined(scope, each.name());
      if (each instanceof ProtoFile.Message message) {
        types.put(name, new ProtoType.Message(name));
        declare(name, message.nested());
      } else if (each instanceof ProtoFile.Enumeration values) {
        types.put(name, new ProtoType.Enumeration(values.names(), values.first()));
      }
    }
  }

  private void define(String scope, List<ProtoFile.Declaration> declarations) {
    for (ProtoFile.Declaration each : declarations) {
      String name = joined(scope, each.name());
      if (each instanceof ProtoFile.Message message
          && types.get(name) instanceof ProtoType.Message type) {
        List<ProtoType.Field> fields = new ArrayList<>();
        message.fields().forEach(field -> fields.add(field(name, field)));
        type.define(fields);
        define(name, message.nested());
      }
    }
  }

  private ProtoType.Field field(String scope, ProtoFile.Field field) {
    ProtoType type = type(scope, field.type());
    boolean single = type instanceof ProtoType.Scalar || type instanceof ProtoType.Enumeration;
    return new ProtoType.Field(
        field.name(),
        field.number(),
        type,
        field.repeated(),
        !(field.implicit() && single),
        field.delimited() && type instanceof ProtoType.Message,
        field.choice());
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
      return key == null || !key.isKey()
          ? new ProtoType.Unknown()
          : new ProtoType.Mapping(key, value);
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
}
