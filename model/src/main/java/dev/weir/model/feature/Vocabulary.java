package dev.weir.model.feature;

import dev.weir.model.record.FieldValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories that a feature knows, and the text by which numbers and truth values are
 * categories.
 *
 * <p>A category's index is its place in the list, from 1; 0 is any other. Immutable and
 * thread-safe; looking a value up allocates nothing.
 */
public final class Vocabulary {
  /** Whole numbers from here on are written with an exponent. */
  private static final double LARGEST_WHOLE = 1e15;

  private final Map<String, Integer> byText = new HashMap<>();
  private final double[] numbers;
  private final int[] byNumber;
  private final int ofTrue;
  private final int ofFalse;

  public Vocabulary(List<String> categories) {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      String category = categories.get(i);
      byText.put(category, i + 1);
      double number = number(category);
      if (text(number).equals(category)) {
        found.add(number);
      }
    }
    found.sort(Comparator.naturalOrder());
    numbers = found.stream().mapToDouble(Double::doubleValue).toArray();
    byNumber = Arrays.stream(numbers).mapToInt(number -> indexOf(text(number))).toArray();
    ofTrue = indexOf("true");
    ofFalse = indexOf("false");
  }

  /** NaN for what is not written as a number. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The index of a text, or 0. */
  public int indexOf(String text) {
    return byText.getOrDefault(text, 0);
  }

  /** The index of a number, by its text; or 0. */
  public int indexOf(double number) {
    int place = Arrays.binarySearch(numbers, number + 0.0); // no -0.0
    return place < 0 ? 0 : byNumber[place];
  }

  /** The index of a truth value, by its text; or 0. */
  public int indexOf(boolean value) {
    return value ? ofTrue : ofFalse;
  }

  /**
   * The category that a field holds: text as it is, {@code true} or {@code false}, a whole number
   * without a fraction.
   *
   * @return null if the value is missing or is not a single one
   */
  public static String text(FieldValues fields, int slot) {
    return switch (fields.kind(slot)) {
      case TEXT -> fields.text(slot);
      case BOOLEAN -> Boolean.toString(fields.number(slot) == 1);
      case NUMBER -> Double.isNaN(fields.number(slot)) ? null : text(fields.number(slot));
      case NULL, ABSENT, NESTED -> null;
    };
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
