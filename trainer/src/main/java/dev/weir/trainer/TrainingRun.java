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
import dev.weir.trainer.calibration.CalibrationReview;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.KeptWarnings;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import dev.weir.trainer.report.TrainingReport;
import dev.weir.trainer.source.Histories;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * One training, from history to bundle: read, cut, fit, export, check, calibrate, write.
 *
 * <p>The same history, config and seed give the same bundle but for its timestamp.
 */
public final class TrainingRun {
  /** In standard deviations. */
  private static final double CLIP = 10;

  private final TrainConfig config;
  private final KeptWarnings progress;
  private final Clock clock;

  public TrainingRun(TrainConfig config, TrainingProgress progress, Clock clock) {
    this.config = config;
    this.progress = new KeptWarnings(progress);
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
    BundleWriter.refuseUnwritablePlace(target);
    progress.step("reading history");
    History history = Histories.read(config.source(), config.features(), progress::reading);
    TimeSplit split = TimeSplit.of(history, config.model().window(), config.split());
    describe(history, split);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, CLIP, false)
            .fit(history.features());
    FittedModel model = ModelFitter.of(config.model(), progress).fit(preprocessor, split);
    OnnxModel onnx = model.export();
    double[] validationScores = checkExport(model, onnx, split);
    progress.step("calibrating on " + count(split.calibration().count()) + " rows");
    double[] calibrationScores = OnnxScores.of(onnx, split.calibration());
    Calibration calibration = CalibrationFitter.fit(calibrationScores);
    Manifest manifest = manifest(history, split, model, onnx, calibration);
    CalibrationReview.warnings(
            calibration, manifest.threshold(), validationScores, calibrationScores)
        .forEach(progress::warning);
    String report = TrainingReport.html(manifest, history, split, model, progress.warnings());
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
    history.notes().forEach(progress::warning);
    new ColumnReview(history, split, config.features()).warnings().forEach(progress::warning);
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

  /** The exported graph's scores of the validation rows. */
  private double[] checkExport(FittedModel model, OnnxModel onnx, TimeSplit split) {
    progress.step("checking the export on " + count(split.validation().count()) + " rows");
    double[] exported = OnnxScores.of(onnx, split.validation());
    double difference = ExportCheck.compare(model.scores(split.validation()), exported);
    progress.step(
        String.format(
            Locale.ROOT,
            "the exported graph scores as the trainer does (within %.1e)",
            difference));
    return exported;
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
        model.window(),
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
