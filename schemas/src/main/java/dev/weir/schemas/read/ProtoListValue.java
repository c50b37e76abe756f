package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.function.Function;

/** Reads a repeated field's items at the wanted places; packed or one by one. */
final class ProtoListValue implements ProtoValue {
  private final int[] places;
  private final ProtoValue[] items;
  private final int[] nested;
  private final int[] below;
  private final int itemType;
  private long count;

  /**
   * @param itemType the wire type of an item
   */
  ProtoListValue(PathTree wanted, int itemType, Function<PathTree, ProtoValue> compile) {
    places = wanted.items().keySet().stream().mapToInt(Integer::intValue).toArray();
    items = wanted.items().values().stream().map(compile).toArray(ProtoValue[]::new);
    nested = wanted.slots();
    below = wanted.below();
    this.itemType = itemType;
  }

  @Override
  public void begin(FieldValues out) {
    count = 0;
    for (int slot : nested) {
      out.setAbsent(slot);
    }
    for (int slot : below) {
      out.setAbsent(slot);
    }
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == itemType || wireType == ProtoCursor.LENGTH;
  }

  @Override
  public void read(ProtoCursor in, int wireType, FieldValues out) throws RejectedRecordException {
    for (int slot : nested) {
      out.setNested(slot);
    }
    if (wireType == itemType) {
      item(in, out);
      return;
    }
    int outer = in.enter();
    while (!in.isAtEnd()) {
      item(in, out);
    }
    in.leave(outer);
  }

  private void item(ProtoCursor in, FieldValues out) throws RejectedRecordException {
    ProtoValue wanted = at(count++);
    if (wanted == null) {
      in.skip(itemType);
    } else {
      wanted.begin(out);
      wanted.read(in, itemType, out);
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
