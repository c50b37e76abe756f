package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes over values that follow one another.
 *
 * <p>A record of a hundred fields of which eight are wanted is mostly this. So what is frequent is
 * done here, without a call through an interface for each value, and neighbours whose size is known
 * are taken together.
 */
final class AvroSkipRun implements AvroSkip, AvroStep {
  private static final int BYTES = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int CHOICE = 3;
  private static final int OTHER = 4;

  private final List<AvroSkip> skips;
  private final int[] codes;
  private final int[] sizes;
  private final int[] otherSizes;
  private final AvroSkip[] others;

  AvroSkipRun(List<AvroSkip> skips) {
    this.skips = merged(skips);
    int count = this.skips.size();
    codes = new int[count];
    sizes = new int[count];
    otherSizes = new int[count];
    others = this.skips.toArray(AvroSkip[]::new);
    for (int i = 0; i < count; i++) {
      encode(i, others[i]);
    }
  }

  private static List<AvroSkip> merged(List<AvroSkip> skips) {
    List<AvroSkip> merged = new ArrayList<>();
    for (AvroSkip skip : skips) {
      int last = merged.size() - 1;
      if (last >= 0
          && skip instanceof Bytes more
          && merged.get(last) instanceof Bytes before
          && (long) before.size() + more.size() <= Integer.MAX_VALUE) {
        merged.set(last, new Bytes(before.size() + more.size()));
      } else {
        merged.add(skip);
      }
    }
    return merged;
  }

  private void encode(int i, AvroSkip skip) {
    if (skip instanceof Bytes bytes) {
      codes[i] = BYTES;
      sizes[i] = bytes.size();
    } else if (skip instanceof Choice choice) {
      codes[i] = CHOICE;
      sizes[i] = choice.first();
      otherSizes[i] = choice.second();
    } else {
      codes[i] = skip == AvroSkip.NUMBER ? NUMBER : skip == AvroSkip.TEXT ? TEXT : OTHER;
    }
  }

  @Override
  public void skip(AvroCursor in) throws RejectedRecordException {
    for (int i = 0; i < codes.length; i++) {
      switch (codes[i]) {
        case BYTES -> in.skip(sizes[i]);
        case NUMBER -> in.skipNumber();
        case TEXT -> in.skip(in.readLength());
        case CHOICE -> in.skip(in.readIndex(2) == 0 ? sizes[i] : otherSizes[i]);
        default -> others[i].skip(in);
      }
    }
  }

  @Override
  public void run(AvroCursor in, FieldValues out) throws RejectedRecordException {
    skip(in);
  }

  @Override
  public AvroStep joinedWith(AvroStep next) {
    if (next instanceof AvroSkipRun run) {
      List<AvroSkip> all = new ArrayList<>(skips);
      all.addAll(run.skips);
      return new AvroSkipRun(all);
    }
    return null;
  }
}
