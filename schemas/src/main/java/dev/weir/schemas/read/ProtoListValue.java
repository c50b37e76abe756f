package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.function.Function;

/** Reads a repeated field's items at the wanted places; packed or one by one. */
final class ProtoListValue implements ProtoValue {
  private final int[] places;
  private final ProtoValue[] items;
  private final NestedSlots slots;
  private final int itemType;
  private final boolean packs;
  private long count;

  /**
   * @param itemType the wire type of an item
   */
  ProtoListValue(PathTree wanted, int itemType, Function<PathTree, ProtoValue> compile) {
    places = wanted.items().keySet().stream().mapToInt(Integer::intValue).toArray();
    items = wanted.items().values().stream().map(compile).toArray(ProtoValue[]::new);
    slots = NestedSlots.of(wanted);
    this.itemType = itemType;
    packs = itemType != ProtoCursor.LENGTH && itemType != ProtoCursor.GROUP;
  }

  @Override
  public void begin(FieldValues out) {
    count = 0;
    slots.clear(out);
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == itemType || (packs && wireType == ProtoCursor.LENGTH);
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    slots.found(out);
    if ((tag & 7) == itemType) {
      item(in, tag, out);
      return;
    }
    int outer = in.enter(tag);
    while (!in.isAtEnd()) {
      item(in, itemType, out);
    }
    in.leave(outer);
  }

  private void item(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    ProtoValue wanted = at(count++);
    if (wanted == null) {
      in.skip(tag);
    } else {
      wanted.begin(out);
      wanted.read(in, tag, out);
    }
  }

  private ProtoValue at(long place) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] == place) {
        return items[i];
      }
    }
    return null;
  }
}
