package dev.weir.trainer;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.contamination.TrimmedFit;
import dev.weir.trainer.contamination.Trimmer;
import dev.weir.trainer.contamination.Trimming;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FitContext;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.util.Locale;
import java.util.Optional;

/**
 * Fits models on a history as its config wants it: preprocessed, and without the rows that stand
 * out if there is contamination.
 *
 * @param given preprocessing that is not to be learned; empty to learn it from the training part
 */
record HistoryFitter(
    TrainConfig config, History history, Optional<Preprocessor> given, TrainingProgress progress) {
  private static final int TRIMMING_ROUNDS = 3;

  /**
   * Fits a model; with contamination, again and again without the rows that stand out, until they
   * are the same as before.
   *
   * @param whole the parts of the whole history, in samples of the model's window
   */
  TrimmedFit fit(ModelConfig model, TimeSplit whole, FitContext context) {
    TrimmedFit fit = fit(model, whole, Trimming.none(whole), context);
    if (config.trimming().isNone()) {
      return fit;
    }
    Trimmer trimmer = new Trimmer(config.trimming(), whole);
    for (int round = 1; round <= TRIMMING_ROUNDS; round++) {
      Trimming trimming = trimmer.trim(fit.model());
      if (trimming.sameRowsAs(fit.trimming())) {
        return fit;
      }
      progress.step(
          String.format(
              Locale.ROOT,
              "leaving out %,d rows that look anomalous, and fitting again (round %d)",
              trimming.rows().size(),
              round));
      fit = fit(model, whole, trimming, context);
    }
    return fit;
  }

  private TrimmedFit fit(
      ModelConfig model, TimeSplit whole, Trimming trimming, FitContext context) {
    TimeSplit split = trimming.split();
    new ColumnReview(history, whole, config.features()).refuseNothingToLearn(split);
    Preprocessor preprocessor = given.orElseGet(() -> preprocessor(split));
    return new TrimmedFit(ModelFitter.of(model, context).fit(preprocessor, split), trimming);
  }

  private Preprocessor preprocessor(TimeSplit split) {
    return new PreprocessorFitter(
            split.training(),
            config.features().scaling(),
            config.features().clip(),
            config.features().missingIndicators())
        .fit(history.features())
        .embedding(config.features()::embedding);
  }
}
