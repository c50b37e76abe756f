package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.List;
import java.util.function.Function;

/** Reads a map's values at the wanted keys; of equal keys the last one counts. */
final class ProtoMapValue implements ProtoValue {
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final ProtoKeys keys;
  private final int keyTag;
  private final ProtoValue[] values;
  private final NestedSlots slots;

  ProtoMapValue(PathTree wanted, ProtoScalar key, Function<PathTree, ProtoValue> compile) {
    keys = ProtoKeys.of(key, List.copyOf(wanted.children().keySet()));
    keyTag = KEY << 3 | key.wireType();
    values = wanted.children().values().stream().map(compile).toArray(ProtoValue[]::new);
    slots = NestedSlots.of(wanted);
  }

  @Override
  public void begin(FieldValues out) {
    slots.clear(out);
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == ProtoCursor.LENGTH;
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    slots.found(out);
    int outer = in.enter(tag);
    int found = keys.ofDefault();
    int place = -1;
    int valueTag = 0;
    for (int next = in.nextField(tag); next != 0; next = in.nextField(tag)) {
      if (next == keyTag) {
        found = keys.read(in);
        continue;
      }
      if (next >>> 3 == VALUE) {
        place = in.place();
        valueTag = next;
      }
      in.skip(next);
    }
    if (found >= 0) {
      ProtoValue value = values[found];
      value.begin(out);
      if (place >= 0 && value.accepts(valueTag & 7)) {
        in.goTo(place);
        value.read(in, valueTag, out);
      }
    }
    in.skipToEnd();
    in.leave(outer);
  }
}
