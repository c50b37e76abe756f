package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.HashMap;
import java.util.Map;

/** Reads the wanted fields out of a message, the outermost one or one within another. */
final class ProtoMessageValue implements ProtoValue {
  private final Map<Integer, ProtoValue> fields;
  private final ProtoValue[] low;
  private final int[] nested;
  private final int[] below;
  private boolean seen;

  /**
   * @param fields what reads the wanted fields, by their numbers
   * @param nested the slots that want to know if the message is there
   * @param below the slots of what is in it
   */
  ProtoMessageValue(Map<Integer, ProtoValue> fields, int[] nested, int[] below) {
    this.fields = new HashMap<>(fields);
    this.nested = nested;
    this.below = below;
    low = new ProtoValue[64];
    fields.forEach(
        (number, value) -> {
          if (number < low.length) {
            low[number] = value;
          }
        });
  }

  @Override
  public void begin(FieldValues out) {
    seen = false;
    for (int slot : nested) {
      out.setAbsent(slot);
    }
    for (int slot : below) {
      out.setAbsent(slot);
    }
  }

  @Override
  public boolean accepts(int wireType) {
    return wireType == ProtoCursor.LENGTH;
  }

  @Override
  public void read(ProtoCursor in, int wireType, FieldValues out) throws RejectedRecordException {
    for (int slot : nested) {
      out.setNested(slot);
    }
    int outer = in.enter();
    readFields(in, out);
    in.leave(outer);
  }

  /** Reads the fields up to the end; those that are not written get their defaults. */
  void readFields(ProtoCursor in, FieldValues out) throws RejectedRecordException {
    if (!seen) {
      fields.values().forEach(value -> value.begin(out));
      seen = true;
    }
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      ProtoValue value = value(tag >>> 3);
      if (value != null && value.accepts(tag & 7)) {
        value.read(in, tag & 7, out);
      } else {
        in.skip(tag);
      }
    }
  }

  private ProtoValue value(int number) {
    return number < low.length ? low[number] : fields.get(number);
  }
}
