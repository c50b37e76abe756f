package dev.weir.trainer.report;

import java.util.List;

/** A table of the page. Cells are HTML: what is put in is escaped already. */
final class Table {
  private final StringBuilder html = new StringBuilder();
  private final List<String> columns;

  private Table(String open, List<String> columns) {
    html.append(open);
    this.columns = columns;
  }

  /** Names and what they are, one pair a row. */
  static Table facts() {
    return new Table("<table class='facts'>\n", List.of());
  }

  /**
   * Numbers under headings, the first column being text. Where it does not fit it can be moved
   * sideways.
   */
  static Table numbers(String caption, List<String> columns) {
    return new Table(
        "<div class='scroll' tabindex='0' role='region' aria-label='"
            + Html.escape(caption)
            + "'><table class='numbers'>\n"
            + head(columns),
        columns);
  }

  /** Text under headings; on a narrow page each row becomes a block. */
  static Table blocks(List<String> columns) {
    return new Table("<table class='blocks'>\n" + head(columns), columns);
  }

  private static String head(List<String> columns) {
    StringBuilder head = new StringBuilder("<thead><tr>");
    columns.forEach(c -> head.append("<th scope='col'>").append(Html.escape(c)).append("</th>"));
    return head.append("</tr></thead>\n").toString();
  }

  /** Adds a pair, both of plain text. */
  Table fact(String name, String value) {
    html.append("<tr><th scope='row'>")
        .append(Html.escape(name))
        .append("</th><td>")
        .append(Html.escape(value))
        .append("</td></tr>\n");
    return this;
  }

  /** Adds a row of cells; the first is its heading. */
  Table row(List<String> cells) {
    html.append("<tr><th scope='row'>").append(cells.get(0)).append("</th>");
    for (int i = 1; i < cells.size(); i++) {
      html.append("<td data-label='")
          .append(Html.escape(columns.get(i)))
          .append("'>")
          .append(cells.get(i))
          .append("</td>");
    }
    html.append("</tr>\n");
    return this;
  }

  String html() {
    boolean scrolls = html.indexOf("<div") == 0;
    return html + "</table>" + (scrolls ? "</div>\n" : "\n");
  }
}
