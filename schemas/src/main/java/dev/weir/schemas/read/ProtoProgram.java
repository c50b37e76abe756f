package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.HashMap;
import java.util.Map;

/**
 * What reads the wanted fields out of messages of one type, made once, in which all names are
 * resolved to numbers.
 *
 * <p>A map's values are found under their keys, a list's items under their places from 0. Moments,
 * durations and wrapped values are single values, and have their fields besides.
 */
final class ProtoProgram {
  private final ProtoMessageValue root;
  private final SlotCopies copies;

  ProtoProgram(ProtoType.Message message, PathTree wanted) {
    root = message(message, wanted);
    copies = new SlotCopies(wanted);
  }

  /** Reads one message up to the cursor's end. */
  void run(ProtoCursor in, FieldValues out) throws RejectedRecordException {
    root.begin(out);
    root.readFields(in, out);
    copies.make(out);
  }

  private static ProtoMessageValue message(ProtoType.Message message, PathTree wanted) {
    Map<Integer, ProtoValue> fields = new HashMap<>();
    for (ProtoType.Field field : message.fields()) {
      PathTree child = wanted.child(field.name());
      if (child != null) {
        fields.put(field.number(), field(field, child));
      }
    }
    return new ProtoMessageValue(fields, wanted.slots(), wanted.below());
  }

  private static ProtoValue field(ProtoType.Field field, PathTree wanted) {
    if (field.repeated()) {
      return new ProtoListValue(
          wanted, wireType(field.type()), item -> value(field.type(), item, true));
    }
    return value(field.type(), wanted, field.hasPresence());
  }

  private static int wireType(ProtoType type) {
    if (type instanceof ProtoType.Scalar scalar) {
      return scalar.scalar().wireType();
    }
    return type instanceof ProtoType.Enumeration ? ProtoCursor.VARINT : ProtoCursor.LENGTH;
  }

  private static ProtoValue value(ProtoType type, PathTree wanted, boolean hasPresence) {
    if (type instanceof ProtoType.Message message) {
      return messageOrSingle(message, wanted);
    }
    if (type instanceof ProtoType.Mapping map) {
      return new ProtoMapValue(wanted, map.key(), child -> value(map.value(), child, false));
    }
    if (wanted.slots().length == 0) {
      return new ProtoSingles.OfNothing();
    }
    int slot = wanted.slots()[0];
    if (type instanceof ProtoType.Scalar scalar) {
      return new ProtoSingles.OfScalar(scalar.scalar(), slot, hasPresence);
    }
    if (type instanceof ProtoType.Enumeration names) {
      return new ProtoSingles.OfEnumeration(names, slot, hasPresence);
    }
    return new ProtoSingles.OfUnknown(slot);
  }

  private static ProtoValue messageOrSingle(ProtoType.Message message, PathTree wanted) {
    ProtoMessageValue whole = message(message, wanted);
    ProtoScalar wrapped = ProtoSingles.OfWrapper.wrappedBy(message.name());
    boolean single = wrapped != null || ProtoSingles.OfTime.isTime(message.name());
    if (!single || wanted.slots().length == 0) {
      return whole;
    }
    int slot = wanted.slots()[0];
    ProtoValue value =
        wrapped == null ? new ProtoSingles.OfTime(slot) : new ProtoSingles.OfWrapper(wrapped, slot);
    return wanted.below().length == 0 ? value : new ProtoBoth(whole, value);
  }
}
