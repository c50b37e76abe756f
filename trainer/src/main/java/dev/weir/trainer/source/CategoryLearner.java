package dev.weir.trainer.source;

import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.data.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns the vocabulary of a categorical feature from a history that is read once.
 *
 * <p>Until the end, a category is the number under which it was first seen; then the most frequent
 * ones of the training part, equally frequent ones by name, get their places, and the rows are
 * changed to these. What comes later only is among the others, as it would be in a stream. Beyond
 * {@value #MOST_DISTINCT} different values no new ones are followed: they belong to the others.
 */
final class CategoryLearner {
  static final int MOST_DISTINCT = 100_000;

  private final FieldPath path;
  private final int slot;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private long[] counts = new long[1];

  /**
   * @param slot where a record's values have the feature's field
   */
  CategoryLearner(FieldPath path, int slot) {
    this.path = path;
    this.slot = slot;
  }

  /**
   * Puts a category's number in its place; 0 for one that is not followed.
   *
   * @throws RejectedRecordException if the field holds no single value
   */
  void number(FieldValues values) throws RejectedRecordException {
    if (values.kind(slot) == FieldKind.NESTED) {
      throw new RejectedRecordException(
          RejectReason.NOT_A_CATEGORY,
          "field '" + path + "' should be a single value, but is an object or an array");
    }
    String category = Vocabulary.text(values, slot);
    if (category == null) {
      return;
    }
    Integer known = numbers.get(category);
    if (known == null && names.size() < MOST_DISTINCT) {
      names.add(category);
      known = names.size();
      numbers.put(category, known);
    }
    values.setNumber(slot, known == null ? 0 : known);
  }

  /**
   * Counts the categories of the rows that a vocabulary is learned from.
   *
   * @param rows in which the categories are still numbers
   * @param column the feature's
   */
  void count(Rows rows, int column) {
    counts = new long[names.size() + 1];
    for (int i = 0; i < rows.count(); i++) {
      float number = rows.at(i, column);
      if (!Float.isNaN(number)) {
        counts[(int) number]++;
      }
    }
  }

  /** How many different values were counted, as far as they were followed. */
  int distinct() {
    return (int) names.stream().filter(name -> count(name) > 0).count();
  }

  /** Whether there may be values that were not followed. */
  boolean isFull() {
    return names.size() >= MOST_DISTINCT;
  }

  /** Whether any row had a value, counted or not. */
  boolean hasValues() {
    return !names.isEmpty();
  }

  private long count(String name) {
    return counts[numbers.get(name)];
  }

  /** The most frequent categories among those that were counted. */
  List<String> vocabulary(int most) {
    return names.stream()
        .filter(name -> count(name) > 0)
        .sorted(
            Comparator.<String>comparingLong(this::count)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .toList();
  }

  /** The place in a vocabulary, by a category's number; 0 for those that are not in it. */
  float[] places(List<String> vocabulary) {
    float[] places = new float[names.size() + 1];
    for (int i = 0; i < vocabulary.size(); i++) {
      places[numbers.get(vocabulary.get(i))] = i + 1;
    }
    return places;
  }
}
