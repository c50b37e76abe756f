package dev.weir.trainer.source;

import dev.weir.model.feature.Moments;
import dev.weir.model.record.FieldKind;

/**
 * What a field held in the records so far.
 *
 * <p>It is of the kind of most of its values: one bad record is rejected later on, and does not
 * change what the model looks at.
 */
final class KindCounts {
  private int numbers;
  private int booleans;
  private int moments;
  private int texts;
  private int others;
  private boolean present;

  /**
   * Counts a value.
   *
   * @param text what it is, if it is text
   */
  void add(FieldKind kind, String text) {
    present |= kind != FieldKind.ABSENT;
    switch (kind) {
      case NUMBER -> numbers++;
      case BOOLEAN -> booleans++;
      case TEXT -> {
        if (Double.isNaN(Moments.epochMillis(text))) {
          texts++;
        } else {
          moments++;
        }
      }
      case NESTED -> others++;
      case NULL, ABSENT -> {
        // says nothing of the kind
      }
    }
  }

  /** Whether any record has the field. */
  boolean isPresent() {
    return present;
  }

  Column.Kind kind() {
    int all = numbers + booleans + moments + texts + others;
    if (all == 0) {
      return Column.Kind.EMPTY;
    }
    if (2 * numbers > all) {
      return Column.Kind.NUMERIC;
    }
    if (2 * booleans > all) {
      return Column.Kind.BOOLEAN;
    }
    if (2 * moments > all) {
      return Column.Kind.TIMESTAMP;
    }
    return 2 * (moments + texts) > all ? Column.Kind.TEXT : Column.Kind.OTHER;
  }
}
