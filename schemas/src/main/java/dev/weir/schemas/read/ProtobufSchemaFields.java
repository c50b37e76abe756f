package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists the fields of Protobuf messages; a map or a list is one field. */
final class ProtobufSchemaFields implements SchemaFields {
  private final ProtobufSchemas<List<SchemaField>> fields;
  private final ProtoCursor in = new ProtoCursor();

  ProtobufSchemaFields(SchemaRegistry registry) {
    fields = new ProtobufSchemas<>(registry, ProtobufSchemaFields::list);
  }

  @Override
  public List<SchemaField> of(byte[] value, byte[] schemaId) throws RejectedRecordException {
    return fields.of(value, schemaId, in);
  }

  private static List<SchemaField> list(ProtoType.Message message) {
    List<SchemaField> found = new ArrayList<>();
    message("", message, new HashSet<>(), found);
    return List.copyOf(found);
  }

  private static void message(
      String prefix, ProtoType.Message message, Set<String> within, List<SchemaField> found) {
    if (!within.add(message.name())) {
      return;
    }
    for (ProtoType.Field field : message.fields()) {
      String name = prefix + field.name();
      if (field.repeated()) {
        found.add(new SchemaField(name, SchemaField.Type.OTHER));
      } else if (field.type() instanceof ProtoType.Message inner && !isSingle(inner)) {
        message(name + ".", inner, within, found);
      } else {
        found.add(new SchemaField(name, type(field.type())));
      }
    }
    within.remove(message.name());
  }

  private static boolean isSingle(ProtoType.Message message) {
    return ProtoSingles.OfWrapper.wrappedBy(message.name()) != null
        || ProtoTime.isTime(message.name());
  }

  private static SchemaField.Type type(ProtoType type) {
    if (type instanceof ProtoType.Message message) {
      ProtoScalar wrapped = ProtoSingles.OfWrapper.wrappedBy(message.name());
      if (wrapped != null) {
        return type(wrapped);
      }
      return ProtoTime.isMoment(message.name()) ? SchemaField.Type.MOMENT : SchemaField.Type.TIME;
    }
    if (type instanceof ProtoType.Scalar scalar) {
      return type(scalar.scalar());
    }
    return type instanceof ProtoType.Enumeration ? SchemaField.Type.TEXT : SchemaField.Type.OTHER;
  }

  private static SchemaField.Type type(ProtoScalar scalar) {
    return switch (scalar) {
      case BOOL -> SchemaField.Type.BOOLEAN;
      case STRING -> SchemaField.Type.TEXT;
      case BYTES -> SchemaField.Type.OTHER;
      default -> SchemaField.Type.NUMBER;
    };
  }
}
