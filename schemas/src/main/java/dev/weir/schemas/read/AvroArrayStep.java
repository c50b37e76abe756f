package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.function.Function;

/** Reads an array's items at the wanted places and skips those between. */
final class AvroArrayStep implements AvroStep {
  private final int[] places;
  private final AvroStep[] items;
  private final AvroSkip other;

  AvroArrayStep(PathTree wanted, AvroSkip other, Function<PathTree, AvroStep> compile) {
    places = wanted.items().keySet().stream().mapToInt(Integer::intValue).toArray();
    items = wanted.items().values().stream().map(compile).toArray(AvroStep[]::new);
    this.other = other;
  }

  @Override
  public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
    long from = 0;
    int next = 0;
    for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
      long to = from + count < 0 ? Long.MAX_VALUE : from + count;
      if (next == places.length || places[next] >= to) {
        AvroSkips.block(in, other, count);
        from = to;
        continue;
      }
      while (next < places.length && places[next] < to) {
        other.skip(in, places[next] - from);
        items[next].run(in, out);
        from = places[next] + 1L;
        next++;
      }
      other.skip(in, to - from);
      from = to;
    }
  }
}
