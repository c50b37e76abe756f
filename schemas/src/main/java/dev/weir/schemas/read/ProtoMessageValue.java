package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.Arrays;
import java.util.SortedMap;

/** Reads the wanted fields out of a message, the outermost one or one within another. */
final class ProtoMessageValue implements ProtoValue {
  private static final int LOW = 64;

  private final int[] numbers;
  private final ProtoValue[] fields;

  /** By their numbers those that are low, as most are. */
  private final ProtoValue[] low = new ProtoValue[LOW];

  private final NestedSlots slots;
  private final int wireType;
  private boolean seen;

  /**
   * @param fields what reads the wanted fields, by their numbers
   * @param slots of the message
   * @param wireType whether it is written behind its length, or as a group
   */
  ProtoMessageValue(SortedMap<Integer, ProtoValue> fields, NestedSlots slots, int wireType) {
    numbers = fields.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.fields = fields.values().toArray(ProtoValue[]::new);
    fields.headMap(LOW).forEach((number, value) -> low[number] = value);
    this.slots = slots;
    this.wireType = wireType;
  }

  @Override
  public void begin(FieldValues out) {
    seen = false;
    slots.clear(out);
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == this.wireType;
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    slots.found(out);
    int outer = in.enter(tag);
    readFields(in, tag, out);
    in.leave(outer);
  }

  /** Reads the fields of a message that was entered; those that are not written get defaults. */
  void readFields(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    if (!seen) {
      for (ProtoValue field : fields) {
        field.begin(out);
      }
      seen = true;
    }
    for (int next = in.nextField(tag); next != 0; next = in.nextField(tag)) {
      ProtoValue value = value(next >>> 3);
      if (value != null && value.accepts(next & 7)) {
        value.read(in, next, out);
      } else {
        in.skip(next);
      }
    }
  }

  private ProtoValue value(int number) {
    if (number < LOW) {
      return low[number];
    }
    int found = Arrays.binarySearch(numbers, number);
    return found < 0 ? null : fields[found];
  }
}
