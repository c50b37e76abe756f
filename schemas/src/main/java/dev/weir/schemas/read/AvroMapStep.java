package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.util.Map;
import java.util.function.Function;

/** Reads a map's values at the wanted keys and skips the others; of equal keys the last counts. */
final class AvroMapStep implements AvroStep {
  private final TextKeys keys;
  private final AvroStep[] values;
  private final int[][] below;
  private final AvroSkip other;

  AvroMapStep(PathTree wanted, AvroSkip other, Function<PathTree, AvroStep> compile) {
    Map<String, PathTree> children = wanted.children();
    keys = new TextKeys(children.keySet());
    values = children.values().stream().map(compile).toArray(AvroStep[]::new);
    below = children.values().stream().map(PathTree::below).toArray(int[][]::new);
    this.other = other;
  }

  @Override
  public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
    for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (long i = 0; i < count; i++) {
        int length = in.readLength();
        int found = keys.find(in, length);
        in.skip(length);
        if (found < 0) {
          other.skip(in);
        } else {
          for (int slot : below[found]) {
            out.setAbsent(slot);
          }
          values[found].run(in, out);
        }
      }
    }
  }
}
