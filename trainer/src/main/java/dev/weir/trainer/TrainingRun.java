package dev.weir.trainer;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleWriter;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Provenance;
import dev.weir.model.bundle.Sha256;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.calibration.CalibrationFitter;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.family.AutoencoderFitter;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.report.TrainingReport;
import dev.weir.trainer.source.Histories;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One training, from history to bundle: read, cut, fit, export, check, calibrate, write.
 *
 * <p>The same history, config and seed give the same bundle but for its timestamp.
 */
public final class TrainingRun {
  private final TrainConfig config;
  private final TrainingProgress progress;
  private final Clock clock;

  public TrainingRun(TrainConfig config, TrainingProgress progress, Clock clock) {
    this.config = config;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Trains and writes the bundle.
   *
   * @param target the bundle's folder
   * @throws InvalidInputException if the history or the config has to be changed
   */
  public Bundle run(Path target) {
    BundleWriter.refuseForeignFolder(target);
    progress.step("reading history");
    History history = Histories.read(config.source(), config.features(), progress::reading);
    TimeSplit split = TimeSplit.of(history, config.split());
    describe(history, split);
    FittedModel model = new AutoencoderFitter(config.model(), progress).fit(split);
    OnnxModel onnx = model.export();
    checkExport(model, onnx, split);
    progress.step("calibrating on " + count(split.calibration().count()) + " rows");
    Calibration calibration = CalibrationFitter.fit(OnnxScores.of(onnx, split.calibration()));
    Manifest manifest = manifest(history, split, model, onnx, calibration);
    String report = TrainingReport.html(manifest, history, split, model);
    return BundleWriter.write(target, manifest, onnx.bytes(), report);
  }

  private void describe(History history, TimeSplit split) {
    progress.step(
        count(history.rows().count())
            + " rows of "
            + history.features().width()
            + " features from "
            + history.origin()
            + ": "
            + count(split.training().count())
            + " to train, "
            + count(split.validation().count())
            + " to validate, "
            + count(split.calibration().count())
            + " to calibrate");
    if (history.rejected() > 0) {
      progress.warning(
          count(history.rejected()) + " records could not be encoded and were left out");
    }
    examineColumns(history, split);
    double rate = config.threshold().falseAlarmRate();
    int rows = split.calibration().count();
    if (rate * rows < 0.1) {
      progress.warning(
          String.format(
              Locale.ROOT,
              "threshold.falseAlarmRate %.1e is far beyond what %,d calibration rows can show (about"
                  + " %.1e); it rests on the fitted tail. Train on more history, or ask for less",
              rate,
              rows,
              1.0 / rows));
    }
  }

  private void examineColumns(History history, TimeSplit split) {
    List<String> constant = new ArrayList<>();
    for (int j = 0; j < history.features().width(); j++) {
      String name = history.features().names().get(j);
      ColumnStatistics column = ColumnStatistics.of(split.training(), j);
      if (column.isEmpty()) {
        throw new InvalidInputException(
            "column '"
                + name
                + "' of "
                + history.origin()
                + " has no value in the training part; leave it out with features.exclude: ["
                + name
                + "]");
      }
      if (column.isConstant()) {
        constant.add("'" + name + "' (" + column.minimum() + ")");
      }
    }
    if (!constant.isEmpty()) {
      progress.warning(
          "constant in the training part: "
              + String.join(", ", constant)
              + ". Any change there will count, in the column's own units; if that is not wanted,"
              + " leave the column out with features.exclude");
    }
  }

  private void checkExport(FittedModel model, OnnxModel onnx, TimeSplit split) {
    progress.step("checking the export on " + count(split.validation().count()) + " rows");
    double difference =
        ExportCheck.compare(
            model.scores(split.validation()), OnnxScores.of(onnx, split.validation()));
    progress.step(
        String.format(
            Locale.ROOT,
            "the exported graph scores as the trainer does (within %.1e)",
            difference));
  }

  private Manifest manifest(
      History history,
      TimeSplit split,
      FittedModel model,
      OnnxModel onnx,
      Calibration calibration) {
    String checksum = Sha256.hex(onnx.bytes());
    double rate = config.threshold().falseAlarmRate();
    return new Manifest(
        Manifest.FORMAT_VERSION,
        config.name(),
        config.version() == null ? checksum.substring(0, 12) : config.version(),
        model.family(),
        history.features(),
        calibration,
        new AlertThreshold(rate, calibration.scoreAt(rate)),
        new Provenance(
            clock.instant(),
            history.rows().fingerprint(),
            split.training().count(),
            split.validation().count(),
            split.calibration().count(),
            model.hyperparameters(),
            config.model().seed(),
            Libraries.versions()),
        checksum);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
