package dev.weir.trainer.family;

import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.List;

/** Fits each member, and on the validation part how rare its scores are. */
final class EnsembleFitter implements ModelFitter {
  private final EnsembleConfig config;
  private final FitContext context;
  private final TrainingProgress progress;

  EnsembleFitter(EnsembleConfig config, FitContext context) {
    this.config = config;
    this.context = context;
    progress = context.progress();
  }

  @Override
  public FittedModel fit(Preprocessor preprocessor, TimeSplit split) {
    List<Ensemble.Member> members = new ArrayList<>();
    for (ModelConfig member : config.members()) {
      progress.step(
          "member "
              + (members.size() + 1)
              + " of "
              + config.members().size()
              + ": "
              + member.family());
      FittedModel model =
          ModelFitter.of(member, context).fit(preprocessor, split.last(member.window()));
      double[] scores = model.scores(split.validation().last(member.window()));
      members.add(new Ensemble.Member(model, Rarity.fit(scores)));
    }
    return new Ensemble(config, preprocessor, members);
  }
}
