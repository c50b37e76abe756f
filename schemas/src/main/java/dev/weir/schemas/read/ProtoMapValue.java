package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads a map's values at the wanted keys; of equal keys the last one counts. */
final class ProtoMapValue implements ProtoValue {
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final Map<String, ProtoValue> values = new HashMap<>();
  private final ProtoScalar key;
  private final int[] nested;
  private final int[] below;

  ProtoMapValue(PathTree wanted, ProtoScalar key, Function<PathTree, ProtoValue> compile) {
    wanted.children().forEach((name, child) -> values.put(name, compile.apply(child)));
    this.key = key;
    nested = wanted.slots();
    below = wanted.below();
  }

  @Override
  public void begin(FieldValues out) {
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
    String name = key == ProtoScalar.STRING ? "" : key == ProtoScalar.BOOL ? "false" : "0";
    int place = -1;
    int type = -1;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      if (tag == (KEY << 3 | key.wireType())) {
        name = name(in);
        continue;
      }
      if (tag >>> 3 == VALUE) {
        place = in.place();
        type = tag & 7;
      }
      in.skip(tag);
    }
    ProtoValue value = values.get(name);
    if (value != null) {
      value.begin(out);
      if (place >= 0 && value.accepts(type)) {
        in.goTo(place);
        value.read(in, type, out);
      }
    }
    in.leave(outer);
  }

  private String name(ProtoCursor in) throws RejectedRecordException {
    return switch (key) {
      case STRING, BYTES -> in.readText(StandardCharsets.UTF_8);
      case BOOL -> Boolean.toString(in.readVarint() != 0);
      case INT32 -> Integer.toString((int) in.readVarint());
      case UINT32 -> Long.toString(in.readVarint() & 0xffffffffL);
      case UINT64 -> Long.toUnsignedString(in.readVarint());
      case SINT32, SINT64 -> Long.toString(in.readSigned());
      case FIXED32 -> Integer.toUnsignedString(in.readFixed32());
      case SFIXED32, FLOAT -> Integer.toString(in.readFixed32());
      case FIXED64 -> Long.toUnsignedString(in.readFixed64());
      case SFIXED64, DOUBLE -> Long.toString(in.readFixed64());
      case INT64 -> Long.toString(in.readVarint());
    };
  }
}
