package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;

/** Reads a field twice: as the single value that it stands for, and for what is in it. */
record ProtoBoth(ProtoValue first, ProtoValue second) implements ProtoValue {
  @Override
  public void begin(FieldValues out) {
    first.begin(out);
    second.begin(out);
  }

  @Override
  public boolean accepts(int wireType) {
    return first.accepts(wireType) && second.accepts(wireType);
  }

  @Override
  public void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException {
    int place = in.place();
    first.read(in, tag, out);
    in.goTo(place);
    second.read(in, tag, out);
  }
}
