package dev.weir.cli.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Pictures made of letters: the more, the darker or the higher. */
final class TextPlate {
  private static final String SHADES = " ░▒▓█";
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
  private static final int MOST_COLUMNS = 72;
  private static final int MOST_ROWS = 36;

  private TextPlate() {}

  /**
   * A line of values, one letter each; the mean of neighbours if there are too many.
   *
   * @param low what is drawn lowest
   * @param high what is drawn highest
   */
  static String line(List<Double> values, double low, double high) {
    int letters = Math.min(values.size(), MOST_COLUMNS);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      int from = (int) ((long) i * values.size() / letters);
      int to = (int) ((i + 1L) * values.size() / letters);
      double mean =
          values.subList(from, to).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow();
      line.append(letter(HEIGHTS, mean, low, high));
    }
    return line.toString();
  }

  /**
   * A grid of cells, one letter each; the largest of neighbours if there are too many. The
   * outermost hundredths share the ends of the scale, so that a few wild cells do not leave one
   * shade to all others.
   *
   * @param values row by row
   * @return a string for each line
   */
  static List<String> grid(List<? extends Number> values, int rows, int columns) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    int cut = sorted.length / 100;
    // If nearly all are equal, it is the others that are worth seeing.
    boolean alike = sorted[cut] == sorted[sorted.length - 1 - cut];
    double low = sorted[alike ? 0 : cut];
    double high = sorted[sorted.length - 1 - (alike ? 0 : cut)];
    int height = Math.min(rows, MOST_ROWS);
    int width = Math.min(columns, MOST_COLUMNS);
    double[][] largest = new double[height][width];
    Arrays.stream(largest).forEach(row -> Arrays.fill(row, Double.NEGATIVE_INFINITY));
    for (int cell = 0; cell < sorted.length; cell++) {
      int y = (int) ((long) (cell / columns) * height / rows);
      int x = (int) ((long) (cell % columns) * width / columns);
      largest[y][x] = Math.max(largest[y][x], values.get(cell).doubleValue());
    }
    List<String> lines = new ArrayList<>();
    for (double[] row : largest) {
      lines.add(
          Arrays.stream(row)
              .mapToObj(value -> String.valueOf(letter(SHADES, value, low, high)))
              .collect(Collectors.joining()));
    }
    return lines;
  }

  private static char letter(String letters, double value, double low, double high) {
    if (!(high > low)) {
      return letters.charAt(0);
    }
    double share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return letters.charAt((int) Math.min(letters.length() - 1, share * letters.length()));
  }
}
