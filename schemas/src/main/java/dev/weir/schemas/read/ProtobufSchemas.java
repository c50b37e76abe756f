package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the type of the message that a record holds, and what is made of it.
 *
 * <p>A schema may have several messages. So a list of indexes follows its name: how many there are,
 * then each, in zigzag coding; a single 0 stands for the first message.
 *
 * @param <P> what is made of a message's type
 */
final class ProtobufSchemas<P> {
  private static final List<Integer> FIRST = List.of(0);
  private static final int MOST_INDEXES = 64;

  private final CompiledSchemas<Messages> schemas;
  private final Function<ProtoType.Message, P> compiler;
  private final ProtoCursor beside = new ProtoCursor();

  ProtobufSchemas(SchemaRegistry registry, Function<ProtoType.Message, P> compiler) {
    schemas = new CompiledSchemas<>(registry, schema -> new Messages(ProtoSchema.of(schema)));
    this.compiler = compiler;
  }

  /** What was made of the type of a record's message, at which the cursor is afterwards. */
  P of(byte[] record, byte[] header, ProtoCursor in) throws RejectedRecordException {
    Messages messages = schemas.of(record, header);
    in.begin(record, schemas.bodyStart());
    if (header == null) {
      return messages.at(in);
    }
    beside.begin(schemas.afterId(), 0);
    return beside.isAtEnd() ? messages.at(FIRST) : messages.at(beside);
  }

  private static List<Integer> indexes(ProtoCursor in) throws RejectedRecordException {
    long count = in.readZigzag();
    if (count == 0) {
      return FIRST;
    }
    if (count < 0 || count > MOST_INDEXES) {
      throw in.malformed("the message has " + count + " indexes");
    }
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indexes.add((int) Math.min(Integer.MAX_VALUE, Math.max(-1, in.readZigzag())));
    }
    return indexes;
  }

  /** The messages of one schema, as far as records have them. */
  private final class Messages {
    private final ProtoSchema schema;
    private final Map<List<Integer>, P> made = new HashMap<>();

    /** How the indexes were written last: mostly they are the same in all records. */
    private byte[] lastIndexes = {};

    private P last;

    Messages(ProtoSchema schema) {
      this.schema = schema;
    }

    /** By the indexes that are next. */
    P at(ProtoCursor in) throws RejectedRecordException {
      if (last != null
          && in.left() >= lastIndexes.length
          && in.isNext(lastIndexes, lastIndexes.length)) {
        in.advance(lastIndexes.length);
        return last;
      }
      int begin = in.place();
      P found = at(indexes(in));
      lastIndexes = Arrays.copyOfRange(in.bytes, begin, in.place());
      last = found;
      return found;
    }

    P at(List<Integer> indexes) throws RejectedRecordException {
      P known = made.get(indexes);
      if (known == null) {
        known = compiler.apply(schema.message(indexes));
        made.put(List.copyOf(indexes), known);
      }
      return known;
    }
  }
}
