package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
    root = message(message, wanted, NestedSlots.of(wanted), ProtoCursor.LENGTH);
    copies = new SlotCopies(wanted);
  }

  /** Reads one message up to the cursor's end. */
  void run(ProtoCursor in, FieldValues out) throws RejectedRecordException {
    root.begin(out);
    root.readFields(in, ProtoCursor.LENGTH, out);
    copies.make(out);
  }

  private static ProtoMessageValue message(
      ProtoType.Message message, PathTree wanted, NestedSlots slots, int wireType) {
    SortedMap<Integer, ProtoValue> fields = new TreeMap<>();
    for (ProtoType.Field field : message.fields()) {
      PathTree child = wanted.child(field.name());
      if (child != null) {
        fields.put(field.number(), field(field, child));
      }
    }
    return new ProtoMessageValue(withChoices(message, fields), slots, wireType);
  }

  /** Whichever field of a choice comes last is the one that counts, also if nobody wants it. */
  private static SortedMap<Integer, ProtoValue> withChoices(
      ProtoType.Message message, SortedMap<Integer, ProtoValue> wanted) {
    SortedMap<Integer, ProtoValue> all = new TreeMap<>(wanted);
    for (List<ProtoType.Field> choice : message.choices()) {
      for (ProtoType.Field field : choice) {
        List<ProtoValue> others =
            choice.stream()
                .filter(
                    other -> other.number() != field.number() && wanted.containsKey(other.number()))
                .map(other -> wanted.get(other.number()))
                .toList();
        if (!others.isEmpty()) {
          ProtoValue own = wanted.get(field.number());
          all.put(
              field.number(),
              new ProtoChoice(
                  own == null ? new ProtoSingles.OfNothing(field.wireType()) : own, others));
        }
      }
    }
    return all;
  }

  private static ProtoValue field(ProtoType.Field field, PathTree wanted) {
    int wireType = field.wireType();
    return field.repeated()
        ? new ProtoListValue(wanted, wireType, item -> value(field.type(), wireType, item, true))
        : value(field.type(), wireType, wanted, field.hasPresence());
  }

  private static ProtoValue value(
      ProtoType type, int wireType, PathTree wanted, boolean hasPresence) {
    if (type instanceof ProtoType.Message message) {
      return messageOrSingle(message, wanted, wireType);
    }
    if (type instanceof ProtoType.Mapping map) {
      ProtoType values = map.value();
      return new ProtoMapValue(
          wanted, map.key(), child -> value(values, values.wireType(), child, false));
    }
    if (wanted.slots().length == 0) {
      return new ProtoSingles.OfNothing(wireType);
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

  private static ProtoValue messageOrSingle(
      ProtoType.Message message, PathTree wanted, int wireType) {
    ProtoScalar wrapped = ProtoSingles.OfWrapper.wrappedBy(message.name());
    boolean single = wrapped != null || ProtoTime.isTime(message.name());
    if (!single || wanted.slots().length == 0) {
      return message(message, wanted, NestedSlots.of(wanted), wireType);
    }
    int slot = wanted.slots()[0];
    ProtoValue value =
        wrapped == null
            ? new ProtoTime(slot, wireType)
            : new ProtoSingles.OfWrapper(wrapped, slot, wireType);
    return wanted.below().length == 0
        ? value
        : new ProtoBoth(message(message, wanted, NestedSlots.below(wanted), wireType), value);
  }
}
