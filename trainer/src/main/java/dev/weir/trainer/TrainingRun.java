package dev.weir.trainer;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleWriter;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Provenance;
import dev.weir.model.bundle.Sha256;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.calibration.CalibrationFitter;
import dev.weir.trainer.calibration.CalibrationReview;
import dev.weir.trainer.calibration.ThresholdChooser;
import dev.weir.trainer.checkpoint.CheckpointFolder;
import dev.weir.trainer.checkpoint.CheckpointOptions;
import dev.weir.trainer.checkpoint.StopRequest;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.SearchConfig;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.contamination.TrimmedFit;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.family.FitContext;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.KeptWarnings;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.report.ReportData;
import dev.weir.trainer.report.ReportSection;
import dev.weir.trainer.report.SomPlates;
import dev.weir.trainer.report.TrainingReport;
import dev.weir.trainer.review.Distributions;
import dev.weir.trainer.review.Examination;
import dev.weir.trainer.review.LabelledEvaluation;
import dev.weir.trainer.review.LatentMap;
import dev.weir.trainer.review.ScoredFile;
import dev.weir.trainer.review.Summaries;
import dev.weir.trainer.review.TrimmedRows;
import dev.weir.trainer.search.Found;
import dev.weir.trainer.search.Search;
import dev.weir.trainer.source.Histories;
import dev.weir.trainer.source.ReadingPlan;
import dev.weir.trainer.transfer.ParentBundle;
import dev.weir.trainer.transfer.TeacherBundle;
import dev.weir.trainer.transfer.WeightsFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One training, from history to bundle: read, cut, fit, export, check, calibrate, write.
 *
 * <p>The same history, config and seed give the same bundle but for its timestamp.
 */
public final class TrainingRun {
  /**
   * A tail is believed up to ten times beyond the rows that it was fitted on: so many false alarms
   * are expected among them at the smallest rate.
   */
  private static final double SUPPORTED_ALARMS = 0.1;

  private final TrainConfig config;
  private final KeptWarnings progress;
  private final Clock clock;
  private final Optional<ParentBundle> parent;
  private final Optional<TeacherBundle> teacher;
  private final CheckpointOptions checkpointing;

  /** A run that goes on from no checkpoint. */
  public TrainingRun(TrainConfig config, TrainingProgress progress, Clock clock) {
    this(config, progress, clock, CheckpointOptions.of(false, new StopRequest()));
  }

  /**
   * Prepares a run.
   *
   * @param checkpointing when it keeps where it is, in a folder beside the bundle, and whether it
   *     goes on from there
   */
  public TrainingRun(
      TrainConfig config, TrainingProgress progress, Clock clock, CheckpointOptions checkpointing) {
    parent = Optional.ofNullable(config.fineTune()).map(ParentBundle::open);
    this.checkpointing = checkpointing;
    TrainConfig begun = parent.map(bundle -> bundle.resolve(config)).orElse(config);
    teacher =
        Optional.ofNullable(config.distil())
            .map(distil -> TeacherBundle.open(distil, begun.model()));
    this.config = teacher.map(bundle -> bundle.resolve(begun)).orElse(begun);
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
    ReadingPlan plan = ReadingPlan.of(config);
    History history = Histories.read(config.source(), config.features(), plan, progress::reading);
    int window = config.search() == null ? config.model().window() : 1;
    TimeSplit whole = TimeSplit.of(history, window, config.split());
    describe(history, whole);
    Optional<LabelledHistory> early = readLabelled(history, plan.withWindow(window));
    HistoryFitter fitter =
        new HistoryFitter(config, history, parent.map(ParentBundle::preprocessor), progress);
    CheckpointFolder checkpoints = checkpoints(target, history);
    Optional<Found> found = search(history, fitter, checkpoints);
    ModelConfig chosen = found.map(Found::model).orElse(config.model());
    TrimmedFit fit =
        found
            .map(Found::fit)
            .orElseGet(
                () ->
                    fitter.fit(
                        chosen,
                        whole,
                        new FitContext(
                            progress,
                            checkpoints,
                            parent.map(ParentBundle::fineTuning),
                            teacher.map(bundle -> bundle.teach(history)))));
    Optional<LabelledHistory> labelled =
        chosen.window() == window ? early : readLabelled(history, plan.withWindow(chosen.window()));
    TimeSplit split = fit.trimming().split();
    FittedModel model = fit.model();
    OnnxModel onnx = model.export();
    progress.step("looking at what the exported graph makes of the history");
    Examination examination = Examination.of(onnx, split, history.features());
    checkExport(model, split, examination.validationScores());
    progress.step("calibrating on " + count(split.calibration().count()) + " rows");
    Calibration calibration = CalibrationFitter.fit(examination.calibrationScores());
    Optional<ScoredFile> scored = labelled.map(file -> ScoredFile.of(onnx, file));
    AlertThreshold threshold =
        new ThresholdChooser(calibration, examination.calibrationScores())
            .choose(config.threshold(), scored.map(ScoredFile::forThreshold));
    CalibrationReview.warnings(
            calibration, threshold, examination.validationScores(), examination.calibrationScores())
        .forEach(progress::warning);
    Optional<LabelledEvaluation> evaluation =
        scored.map(file -> LabelledEvaluation.of(file, threshold.score()));
    TrainingSummary summary =
        Summaries.of(
            history,
            split,
            examination,
            calibration,
            model,
            fit.trimming().rows().size(),
            evaluation.map(LabelledEvaluation::summary),
            found.map(Found::summary),
            progress.warnings());
    Manifest manifest =
        manifest(history, split, model, chosen.seed(), onnx, calibration, threshold, summary);
    ReportData report =
        new ReportData(
            manifest,
            model.epochs(),
            examination.calibrationScores(),
            LatentMap.of(model, split, examination),
            evaluation.flatMap(LabelledEvaluation::curve),
            TrimmedRows.highest(fit.trimming(), history),
            ownSections(model));
    Bundle bundle =
        BundleWriter.write(
            target,
            manifest,
            onnx.bytes(),
            TrainingReport.html(report),
            model.pretrained().map(own -> WeightsFile.write(own, manifest.modelSha256())));
    checkpoints.delete();
    return bundle;
  }

  private CheckpointFolder checkpoints(Path target, History history) {
    String settings =
        Stream.of(
                history.features(),
                config.features(),
                config.split(),
                config.contamination(),
                String.valueOf(config.model()),
                Optional.ofNullable(config.search()).map(SearchConfig::tried),
                String.valueOf(config.fineTune()),
                parent.map(ParentBundle::source),
                String.valueOf(config.distil()),
                teacher.map(TeacherBundle::source))
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
    return CheckpointFolder.open(
        CheckpointFolder.besides(target),
        settings,
        history.rows().fingerprint()
            + Integer.toHexString(Arrays.hashCode(history.linked().previous())),
        Libraries.versions(),
        checkpointing,
        progress);
  }

  /** Labelled rows, if the config names any; read before the fit, so that errors show early. */
  private Optional<LabelledHistory> readLabelled(History history, ReadingPlan plan) {
    if (config.labelled() == null) {
      return Optional.empty();
    }
    LabelledHistory labelled =
        Histories.readLabelled(config.labelled(), config.source(), history.features(), plan);
    progress.step(
        count(labelled.samples().count())
            + " labelled rows, "
            + count(labelled.anomalies())
            + " of them anomalous; nothing is fitted on them");
    return Optional.of(labelled);
  }

  /** Tries several models, if that is asked for. Labelled rows take no part in it. */
  private Optional<Found> search(
      History history, HistoryFitter fitter, CheckpointFolder checkpoints) {
    return Optional.ofNullable(config.search())
        .map(
            search ->
                new Search(
                        search,
                        history,
                        config.split(),
                        (candidate, model, whole, heard) ->
                            fitter.fit(
                                model,
                                whole,
                                FitContext.of(heard, checkpoints.ofCandidate(candidate, heard))),
                        progress,
                        System::nanoTime)
                    .run());
  }

  /** What the model's family alone has to show. */
  private static List<ReportSection> ownSections(FittedModel model) {
    return model.map().stream()
        .map(
            map ->
                new ReportSection(
                    "map",
                    "Self-organising map",
                    SomPlates.html(map, model.preprocessor()),
                    SomPlates.css()))
        .toList();
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
    Double rate = config.threshold().falseAlarmRate();
    int rows = split.calibration().count();
    if (rate != null && rate * rows < SUPPORTED_ALARMS) {
      progress.warning(
          String.format(
              Locale.ROOT,
              "threshold.falseAlarmRate %.1e is far beyond what %,d calibration rows can show; it"
                  + " rests on the fitted tail. They support rates down to about %.1e; for %.1e,"
                  + " train on %,d times the history",
              rate,
              rows,
              SUPPORTED_ALARMS / rows,
              rate,
              (long) Math.ceil(SUPPORTED_ALARMS / rows / rate)));
    }
  }

  private void checkExport(FittedModel model, TimeSplit split, double[] exported) {
    progress.step("checking the export on " + count(split.validation().count()) + " rows");
    double difference =
        ExportCheck.compare(
            model::scores, model.preprocessor().features(), split.validation(), exported);
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
      long seed,
      OnnxModel onnx,
      Calibration calibration,
      AlertThreshold threshold,
      TrainingSummary summary) {
    String checksum = Sha256.hex(onnx.bytes());
    return new Manifest(
        Manifest.FORMAT_VERSION,
        config.name(),
        config.version() == null ? checksum.substring(0, 12) : config.version(),
        model.family(),
        model.window(),
        config.features().gap().map(Duration::toMillis).orElse(null),
        history.features(),
        calibration,
        threshold,
        new Provenance(
            clock.instant(),
            history.rows().fingerprint(),
            split.training().count(),
            split.validation().count(),
            split.calibration().count(),
            model.hyperparameters(),
            seed,
            Libraries.versions(),
            parent.map(ParentBundle::source).orElse(null),
            teacher.map(TeacherBundle::source).orElse(null)),
        checksum,
        summary,
        Distributions.of(split.training(), history.features()));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
