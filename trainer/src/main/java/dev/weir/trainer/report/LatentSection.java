package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.trainer.review.LatentMap;
import dev.weir.trainer.review.LatentPlane;
import java.util.ArrayList;
import java.util.List;

/** The latent space, seen from its widest side. */
final class LatentSection {
  private static final double UNUSUAL = 0.05;

  private LatentSection() {}

  static ReportSection of(LatentMap map, Manifest manifest) {
    LatentPlane plane = map.plane();
    double unusual = manifest.calibration().scoreAt(UNUSUAL);
    double threshold = manifest.threshold().score();
    List<double[]> usual = new ArrayList<>();
    List<double[]> odd = new ArrayList<>();
    List<double[]> alerts = new ArrayList<>();
    for (int i = 0; i < plane.x().length; i++) {
      double[] point = {plane.x()[i], plane.y()[i]};
      double score = map.scores()[i];
      if (score >= threshold) {
        alerts.add(point);
      } else {
        (score >= unusual ? odd : usual).add(point);
      }
    }
    Chart chart =
        new Chart(
            "Latent space of "
                + plane.x().length
                + " validation rows, of which "
                + alerts.size()
                + " are above the alert threshold",
            Chart.Axis.linear("first principal component"),
            Chart.Axis.linear("second principal component"),
            List.of(
                series("usual score", Chart.Colour.BLUE, usual),
                series("among the highest 5 %", Chart.Colour.ORANGE, odd),
                series("above the threshold", Chart.Colour.RED, alerts)),
            List.of());
    return new ReportSection(
        "latent",
        "Latent space",
        chart.figure(
            "Where the model puts "
                + Html.count(plane.x().length)
                + " rows of the validation part in its "
                + (plane.dimensions() == 1
                    ? "one-dimensional code"
                    : "code of "
                        + plane.dimensions()
                        + " dimensions, along the two in which they vary most")
                + " ("
                + Html.percent(plane.explained())
                + " of the variance). Clouds are ways in which the rows are normal; a row with a"
                + " high score within a cloud has usual values that do not go together."));
  }

  private static Chart.Series series(String name, Chart.Colour colour, List<double[]> points) {
    return Chart.Series.of(
        name,
        Chart.Style.POINTS,
        colour,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }
}
