package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Reads a map's values at the wanted keys and skips the others; of equal keys the last counts. */
final class AvroMapStep implements AvroStep {
  private final byte[][] keys;
  private final AvroStep[] values;
  private final int[][] below;
  private final AvroSkip other;

  AvroMapStep(PathTree wanted, AvroSkip other, Function<PathTree, AvroStep> compile) {
    Map<String, PathTree> children = wanted.children();
    keys =
        children.keySet().stream()
            .map(key -> key.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    values = children.values().stream().map(compile).toArray(AvroStep[]::new);
    below = children.values().stream().map(PathTree::below).toArray(int[][]::new);
    this.other = other;
  }

  @Override
  public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
    int likely = 0;
    for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (long i = 0; i < count; i++) {
        int length = in.readLength();
        int found = find(in, length, likely);
        in.skip(length);
        if (found < 0) {
          other.skip(in);
        } else {
          for (int slot : below[found]) {
            out.setAbsent(slot);
          }
          values[found].run(in, out);
          likely = found + 1;
        }
      }
    }
  }

  /** Looks for the next key; writers mostly write a map's keys in the same order. */
  private int find(AvroCursor in, int length, int likely) {
    for (int i = 0; i < keys.length; i++) {
      int key = likely + i < keys.length ? likely + i : likely + i - keys.length;
      if (in.isNext(keys[key], length)) {
        return key;
      }
    }
    return -1;
  }
}
