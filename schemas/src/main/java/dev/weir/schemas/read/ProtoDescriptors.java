package dev.weir.schemas.read;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weir.model.record.RejectedRecordException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads schemas that are a serialized {@link FileDescriptorProto} in Base64. */
final class ProtoDescriptors {
  private static final Pattern BASE64 = Pattern.compile("\\s*[A-Za-z0-9+/]++=*+\\s*");

  /** 2023 and 2024, by their numbers. */
  private static final Set<Long> EDITIONS = Set.of(1000L, 1001L);

  private final ProtoFeatures features;

  private ProtoDescriptors(ProtoFeatures features) {
    this.features = features;
  }

  /** Whether a schema can be one, and cannot be the text of a {@code .proto} file. */
  static boolean isBase64(String schema) {
    return BASE64.matcher(schema).matches();
  }

  /**
   * Reads a schema.
   *
   * @throws RejectedRecordException if it is not one
   */
  static ProtoFile parse(String name, String base64) throws RejectedRecordException {
    FileDescriptorProto file;
    try {
      file = FileDescriptorProto.parseFrom(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw ProtoFile.notValid(
          name, "it is neither .proto text nor a file descriptor in Base64: " + e.getMessage());
    }
    ProtoDescriptors reader =
        new ProtoDescriptors(with(features(name, file), file.getOptions().getFeatures()));
    List<ProtoFile.Declaration> types = new ArrayList<>();
    file.getMessageTypeList().forEach(message -> types.add(reader.message(message, false)));
    file.getEnumTypeList().forEach(values -> types.add(enumeration(values)));
    return new ProtoFile(file.getPackage(), types);
  }

  private static ProtoFeatures features(String name, FileDescriptorProto file)
      throws RejectedRecordException {
    return switch (file.getSyntax()) {
      case "editions" -> {
        if (!EDITIONS.containsAll(edition(file))) {
          throw ProtoEdition.unknown(name, "those of numbers " + edition(file));
        }
        yield ProtoFeatures.EDITIONS;
      }
      case "proto3" -> ProtoFeatures.PROTO3;
      default -> ProtoFeatures.PROTO2;
    };
  }

  /** Its number; one that Google's library does not know is among what it does not know at all. */
  private static List<Long> edition(FileDescriptorProto file) {
    return file.hasEdition()
        ? List.of((long) file.getEdition().getNumber())
        : file.getUnknownFields()
            .getField(FileDescriptorProto.EDITION_FIELD_NUMBER)
            .getVarintList();
  }

  private ProtoFile.Message message(DescriptorProto message, boolean ofGroup) {
    Set<String> groups =
        message.getFieldList().stream()
            .filter(field -> field.getType() == FieldDescriptorProto.Type.TYPE_GROUP)
            .map(FieldDescriptorProto::getTypeName)
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
    Map<String, DescriptorProto> entries = new HashMap<>();
    List<ProtoFile.Declaration> nested = new ArrayList<>();
    for (DescriptorProto inner : message.getNestedTypeList()) {
      if (inner.getOptions().getMapEntry()) {
        entries.put(inner.getName(), inner);
      } else {
        nested.add(message(inner, groups.contains(inner.getName())));
      }
    }
    message.getEnumTypeList().forEach(values -> nested.add(enumeration(values)));
    List<ProtoFile.Field> fields =
        message.getFieldList().stream().map(field -> field(field, entries)).toList();
    return new ProtoFile.Message(message.getName(), fields, nested, ofGroup);
  }

  private ProtoFile.Field field(FieldDescriptorProto field, Map<String, DescriptorProto> entries) {
    ProtoFeatures own = with(features, field.getOptions().getFeatures());
    DescriptorProto entry =
        entries.get(field.getTypeName().substring(field.getTypeName().lastIndexOf('.') + 1));
    boolean inChoice = field.hasOneofIndex() && !field.getProto3Optional();
    return new ProtoFile.Field(
        field.getName(),
        field.getNumber(),
        entry == null
            ? type(field)
            : "map<" + type(entry.getField(0)) + ", " + type(entry.getField(1)) + ">",
        entry == null && field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED,
        own.implicit() && !field.getProto3Optional() && !field.hasOneofIndex(),
        field.getType() == FieldDescriptorProto.Type.TYPE_GROUP || own.delimited(),
        inChoice ? field.getOneofIndex() : ProtoFile.Field.NO_CHOICE);
  }

  /** As the text of a {@code .proto} file names it. */
  private static String type(FieldDescriptorProto field) {
    return field.getTypeName().isEmpty()
        ? field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT)
        : field.getTypeName();
  }

  private static ProtoFile.Enumeration enumeration(EnumDescriptorProto values) {
    Map<Integer, String> names = new HashMap<>();
    values.getValueList().forEach(v -> names.putIfAbsent(v.getNumber(), v.getName()));
    String first = values.getValueCount() == 0 ? "" : values.getValue(0).getName();
    return new ProtoFile.Enumeration(values.getName(), names, first);
  }

  private static ProtoFeatures with(ProtoFeatures features, FeatureSet set) {
    ProtoFeatures result = features;
    if (set.hasFieldPresence()) {
      result = result.with(ProtoFeatures.PRESENCE, set.getFieldPresence().name());
    }
    if (set.hasMessageEncoding()) {
      result = result.with(ProtoFeatures.ENCODING, set.getMessageEncoding().name());
    }
    return result;
  }
}
