package dev.weir.schemas.read;

import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field.Label;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.GroupElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.OptionElement.OptionPrimitive;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import dev.weir.model.record.RejectedRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the text of {@code .proto} files, which Wire parses: proto2, proto3 and editions. */
final class ProtoText {
  private final ProtoFeatures features;

  private ProtoText(ProtoFeatures features) {
    this.features = features;
  }

  /**
   * Parses a file.
   *
   * @throws RejectedRecordException if it is not valid
   */
  static ProtoFile parse(String name, String text) throws RejectedRecordException {
    ProtoEdition edition = ProtoEdition.of(name, text);
    ProtoFileElement file;
    try {
      file = ProtoParser.Companion.parse(Location.get(name), edition.text());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw ProtoFile.notValid(name, e.getMessage());
    }
    ProtoFeatures features =
        edition.isNamed()
            ? ProtoFeatures.EDITIONS
            : file.getSyntax() == Syntax.PROTO_3 ? ProtoFeatures.PROTO3 : ProtoFeatures.PROTO2;
    ProtoText reader = new ProtoText(with(features, file.getOptions()));
    return new ProtoFile(
        file.getPackageName() == null ? "" : file.getPackageName(),
        reader.declarations(file.getTypes()));
  }

  private List<ProtoFile.Declaration> declarations(List<TypeElement> types) {
    List<ProtoFile.Declaration> found = new ArrayList<>();
    for (TypeElement type : types) {
      if (type instanceof EnumElement values) {
        found.add(enumeration(values));
      } else if (type instanceof MessageElement message) {
        found.add(message(message));
      }
    }
    return found;
  }

  private static ProtoFile.Enumeration enumeration(EnumElement element) {
    Map<Integer, String> names = new HashMap<>();
    element.getConstants().forEach(c -> names.putIfAbsent(c.getTag(), c.getName()));
    String first = element.getConstants().isEmpty() ? "" : element.getConstants().get(0).getName();
    return new ProtoFile.Enumeration(element.getName(), names, first);
  }

  private ProtoFile.Message message(MessageElement message) {
    List<ProtoFile.Field> fields = new ArrayList<>();
    List<ProtoFile.Declaration> nested = new ArrayList<>(declarations(message.getNestedTypes()));
    int choice = ProtoFile.Field.NO_CHOICE;
    add(message.getFields(), message.getGroups(), choice, fields, nested);
    for (OneOfElement element : message.getOneOfs()) {
      add(element.getFields(), element.getGroups(), ++choice, fields, nested);
    }
    return new ProtoFile.Message(message.getName(), fields, nested, false);
  }

  private void add(
      List<FieldElement> plain,
      List<GroupElement> groups,
      int choice,
      List<ProtoFile.Field> fields,
      List<ProtoFile.Declaration> nested) {
    plain.forEach(field -> fields.add(field(field, choice)));
    for (GroupElement group : groups) {
      String name = group.getName();
      fields.add(
          new ProtoFile.Field(
              // A group is called like its message, but for this.
              name.toLowerCase(Locale.ROOT),
              group.getTag(),
              name,
              group.getLabel() == Label.REPEATED,
              false,
              true,
              choice));
      List<ProtoFile.Field> inner = new ArrayList<>();
      add(group.getFields(), List.of(), ProtoFile.Field.NO_CHOICE, inner, nested);
      nested.add(new ProtoFile.Message(name, inner, List.of(), true));
    }
  }

  private ProtoFile.Field field(FieldElement field, int choice) {
    ProtoFeatures own = with(features, field.getOptions());
    boolean labelled = field.getLabel() != null;
    return new ProtoFile.Field(
        field.getName(),
        field.getTag(),
        field.getType(),
        field.getLabel() == Label.REPEATED,
        own.implicit() && !labelled && choice < 0,
        own.delimited(),
        choice);
  }

  /** Features are set one by one, or several in braces. */
  private static ProtoFeatures with(ProtoFeatures features, List<OptionElement> options) {
    ProtoFeatures result = features;
    for (OptionElement option : options) {
      String name = option.getName();
      if (name.startsWith("features.")) {
        result = result.with(name.substring("features.".length()), text(option.getValue()));
      } else if (name.equals("features") && option.getValue() instanceof Map<?, ?> set) {
        for (Map.Entry<?, ?> each : set.entrySet()) {
          result = result.with(text(each.getKey()), text(each.getValue()));
        }
      } else if (name.equals("features") && option.getValue() instanceof OptionElement nested) {
        result = result.with(nested.getName(), text(nested.getValue()));
      }
    }
    return result;
  }

  private static String text(Object value) {
    return value instanceof OptionPrimitive primitive
        ? primitive.getValue().toString()
        : String.valueOf(value);
  }
}
