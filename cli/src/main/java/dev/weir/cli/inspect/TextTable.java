package dev.weir.cli.inspect;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, the first to the left, the others to the right. */
final class TextTable {
  private static final int WIDEST_FIRST = 40;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> header) {
    rows.add(header);
  }

  void row(List<String> cells) {
    rows.add(cells);
  }

  /** All rows, each behind two spaces. */
  String text() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    widths[0] = Math.min(widths[0], WIDEST_FIRST);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      line.append(row.get(0)).append(" ".repeat(Math.max(0, widths[0] - row.get(0).length())));
      for (int i = 1; i < columns; i++) {
        String cell = row.get(i);
        line.append("  ").append(" ".repeat(widths[i] - cell.length())).append(cell);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
