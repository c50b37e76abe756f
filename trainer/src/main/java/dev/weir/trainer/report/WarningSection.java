package dev.weir.trainer.report;

import java.util.List;

/** What the user was told in the training. */
final class WarningSection {
  private WarningSection() {}

  static ReportSection of(List<String> warnings) {
    StringBuilder html = new StringBuilder("<ul class='warnings'>\n");
    for (String warning : warnings) {
      html.append("<li>").append(Html.escape(warning)).append("</li>\n");
    }
    return new ReportSection("warnings", "Warnings", html + "</ul>\n");
  }
}
