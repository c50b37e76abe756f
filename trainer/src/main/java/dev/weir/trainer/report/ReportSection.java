package dev.weir.trainer.report;

/**
 * A part of the page.
 *
 * @param id its anchor, of lower-case letters and hyphens
 * @param title plain text
 * @param html what it shows; everything in it that is not markup is escaped already
 * @param css style sheet of its own; may be empty
 */
public record ReportSection(String id, String title, String html, String css) {

  /** A part that needs no style of its own. */
  public ReportSection(String id, String title, String html) {
    this(id, title, html, "");
  }

  public ReportSection {
    if (!id.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("'" + id + "' is no anchor of lower-case letters");
    }
  }

  String page() {
    return "<section id='"
        + id
        + "'>\n<h2>"
        + Html.escape(title)
        + "</h2>\n"
        + html
        + "</section>\n";
  }

  String link() {
    return "<a href='#" + id + "'>" + Html.escape(title) + "</a>";
  }
}
