package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.List;

/**
 * Reads a field of a {@code oneof}, wanted or not: with it, what was read of the others is gone.
 *
 * @param others the wanted ones among the others
 */
record ProtoChoice(ProtoValue value, List<ProtoValue> others) implements ProtoValue {
  @Override
  public void begin(FieldValues out) {
    value.begin(out);
  }

  @Override
  public boolean accepts(int wireType) {
    return value.accepts(wireType);
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    for (int i = 0; i < others.size(); i++) {
      others.get(i).begin(out);
    }
    value.read(in, tag, out);
  }
}
