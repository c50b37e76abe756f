package dev.weir.trainer.report;

import dev.weir.trainer.network.EpochReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** How the training went. */
final class LossSection {
  private LossSection() {}

  /**
   * What is made small.
   *
   * @param brief for an axis
   * @param name in words
   */
  private record Loss(String brief, String name) {
    static Loss of(String family) {
      return switch (family) {
        case "vae" ->
            new Loss("loss (−ELBO)", "the negative evidence lower bound (ELBO), for each value");
        case "som" ->
            new Loss(
                "quantisation error",
                "the squared distance to the best matching unit, for each value");
        default ->
            new Loss(
                "loss (squared error)",
                "the squared error in standard deviations, for each value, and in training what a"
                    + " regularisation adds");
      };
    }
  }

  /** For a model that was trained in epochs. */
  static ReportSection of(String family, List<EpochReport> epochs) {
    EpochReport last = epochs.get(epochs.size() - 1);
    Optional<EpochReport> best =
        epochs.stream().filter(EpochReport::best).max(Comparator.comparingInt(EpochReport::epoch));
    double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
    double[] training = epochs.stream().mapToDouble(EpochReport::loss).toArray();
    double[] validation = epochs.stream().mapToDouble(EpochReport::validationLoss).toArray();
    // A negative evidence lower bound may be below zero.
    boolean positive =
        DoubleStream.concat(DoubleStream.of(training), DoubleStream.of(validation))
            .allMatch(y -> y > 0);
    Loss loss = Loss.of(family);
    Chart chart =
        new Chart(
            "Loss by epoch: training "
                + Html.number(training[0])
                + " to "
                + Html.number(last.loss())
                + ", validation "
                + Html.number(validation[0])
                + " to "
                + Html.number(last.validationLoss()),
            new Chart.Axis("epoch", false, 1.0, Math.max(2.0, last.epoch())),
            positive ? Chart.Axis.log(loss.brief()) : Chart.Axis.linear(loss.brief()),
            List.of(
                Chart.Series.of("training", Chart.Style.LINE, Chart.Colour.BLUE, x, training),
                Chart.Series.of(
                    "validation", Chart.Style.LINE, Chart.Colour.ORANGE, x, validation)),
            best.map(epoch -> Chart.Mark.atX("kept", epoch.epoch())).stream().toList());
    String table =
        Table.facts()
            .fact("Loss", loss.name())
            .fact(
                "Epochs",
                last.epoch()
                    + " of at most "
                    + last.ofEpochs()
                    + (last.epoch() < last.ofEpochs()
                        ? "; it stopped because the validation loss no longer fell"
                        : ""))
            .fact(
                "Kept",
                best.map(
                        epoch ->
                            "the weights of epoch "
                                + epoch.epoch()
                                + ": training loss "
                                + Html.number(epoch.loss())
                                + ", validation loss "
                                + Html.number(epoch.validationLoss()))
                    .orElse(
                        "the weights that the training began with; no epoch was better on the"
                            + " validation rows"))
            .html();
    return new ReportSection(
        "loss",
        "Loss",
        table
            + chart.figure(
                "The loss on the rows that the model learned from, and on later rows that it did"
                    + " not. Both should fall and stay close. A validation loss that rises while the"
                    + " training loss falls means that the model learns its rows by heart; one that"
                    + " is far above from the start means that later history is unlike the"
                    + " earlier."));
  }
}
