package dev.weir.trainer.report;

import dev.weir.model.bundle.FeatureSummary;
import java.util.List;
import java.util.Locale;

/** The features, and how well the model gives each of them back. */
final class FeatureSection {
  private FeatureSection() {}

  static ReportSection of(ReportData data) {
    Table table =
        Table.numbers(
            "Features",
            List.of(
                "feature",
                "explained",
                "residual",
                "mean",
                "deviation",
                "minimum",
                "median",
                "maximum",
                "missing"));
    for (FeatureSummary feature : data.training().features()) {
      table.row(
          List.of(
              Html.escape(feature.name()),
              explained(feature),
              Html.number(feature.residualDeviation()),
              Html.number(feature.mean()),
              Html.number(feature.deviation()),
              Html.number(feature.minimum()),
              Html.number(feature.median()),
              Html.number(feature.maximum()),
              Html.count(feature.missing())));
    }
    return new ReportSection(
        "features",
        "Features",
        Html.paragraph(
                "How each feature is spread in the training part, in its own units, and how well the"
                    + " model gives it back on the validation part. Explained is R², the share of the"
                    + " variance that the model accounts for: near 1, the feature follows the others"
                    + " and a break with them will be seen; near 0 or below, the model only knows its"
                    + " usual range. Of a category it is the share of rows that are given back right."
                    + " Residual is the root of the mean squared difference between actual and"
                    + " expected values.")
            + table.html());
  }

  private static String explained(FeatureSummary feature) {
    if (feature.determination() == null) {
      boolean constant = feature.minimum() != null && feature.minimum().equals(feature.maximum());
      return constant ? "constant" : Html.NONE;
    }
    double share = feature.determination();
    // Far below zero, how far says nothing any more.
    String text = share < -9.995 ? "below −10" : String.format(Locale.ROOT, "%.2f", share);
    return Html.bar(share) + text.replace("-", "−");
  }
}
