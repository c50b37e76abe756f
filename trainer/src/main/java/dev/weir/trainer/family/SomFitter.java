package dev.weir.trainer.family;

import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.MapErrors;
import dev.weir.trainer.som.SomMap;
import dev.weir.trainer.som.SomSamples;
import dev.weir.trainer.som.SomTrainer;
import java.util.Locale;

/** Fits a self-organising map. */
final class SomFitter implements ModelFitter {
  private final SomConfig config;
  private final FitContext context;
  private final TrainingProgress progress;

  SomFitter(SomConfig config, FitContext context) {
    this.config = config;
    this.context = context;
    progress = context.progress();
  }

  @Override
  public FittedModel fit(Preprocessor preprocessor, TimeSplit split) {
    OneHot.warning(config, preprocessor).ifPresent(progress::warning);
    SomTrainer.Result result =
        new SomTrainer(config, progress, context.checkpoints().next())
            .run(
                context.fineTuning().map(FineTuning::start),
                SomSamples.of(preprocessor, split.training()),
                SomSamples.of(preprocessor, split.validation()));
    SomMap map = result.map();
    progress.step(errors(map));
    if (map.validation().quantisation() >= 1) {
      progress.warning(learnedNothing(map.validation().quantisation()));
    }
    return new SelfOrganisingMap(config, preprocessor, result);
  }

  private static String errors(SomMap map) {
    MapErrors training = map.training();
    MapErrors validation = map.validation();
    return String.format(
        Locale.ROOT,
        "a %s map of %d x %d cells: quantisation error %.4g (validation %.4g), topographic error"
            + " %.1f %% (validation %.1f %%)",
        map.grid().shape().name().toLowerCase(Locale.ROOT),
        map.grid().rows(),
        map.grid().columns(),
        training.quantisation(),
        validation.quantisation(),
        100 * training.topographic(),
        100 * validation.topographic());
  }

  private static String learnedNothing(double error) {
    return String.format(
        Locale.ROOT,
        "the map learned nothing that holds for later rows: its validation error is %.3g, no"
            + " better than always guessing each column's mean (1). Set a larger model.cells; if"
            + " that does not help, the columns have little to do with each other, or the newer"
            + " history is unlike the older",
        error);
  }
}
