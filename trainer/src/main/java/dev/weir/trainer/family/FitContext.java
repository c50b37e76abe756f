package dev.weir.trainer.family;

import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.Checkpoints;
import dev.weir.trainer.network.Teaching;
import dev.weir.trainer.network.TrainableNetwork;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.TrainingLoop;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a fit.
 *
 * @param progress hears how it goes
 * @param checkpoints where its trainings keep their state
 * @param fineTuning what it begins with; empty to begin with random weights
 * @param teaching what a teacher expects of the history; empty if there is none
 */
public record FitContext(
    TrainingProgress progress,
    Checkpoints checkpoints,
    Optional<FineTuning> fineTuning,
    Optional<Teaching> teaching) {

  /** Nothing but somebody who listens. */
  public static FitContext of(TrainingProgress progress) {
    return of(progress, Checkpoints.NONE);
  }

  /** Somebody who listens, and places for what the trainings keep. */
  public static FitContext of(TrainingProgress progress, Checkpoints checkpoints) {
    return new FitContext(progress, checkpoints, Optional.empty(), Optional.empty());
  }

  /** How a network is trained here, by how it would be trained anew. */
  NetworkTraining training(NetworkTraining anew) {
    return fineTuning.map(tuning -> tuning.adjust(anew)).orElse(anew);
  }

  /** Trains a network, from its checkpoint or from what it begins with. */
  <W> Trained<W> train(
      NetworkTraining training,
      TrainableNetwork<W> network,
      Preprocessor preprocessor,
      TimeSplit split) {
    TrainingLoop loop = new TrainingLoop(training, progress, checkpoints.next());
    teaching.ifPresent(loop::taughtBy);
    fineTuning.ifPresent(
        tuning -> {
          network.begin(tuning.start(), tuning.freezesEncoder());
          loop.beginningTrained();
        });
    return loop.run(network, preprocessor, split);
  }

  /** The settings as they were used, with those of a training as it was. */
  Map<String, Object> describe(Map<String, Object> settings, NetworkTraining training) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.putAll(training.describe());
    fineTuning.ifPresent(tuning -> all.put("freeze", tuning.config().freeze().name()));
    teaching.ifPresent(teacher -> all.put("teacherWeight", teacher.weight()));
    return all;
  }
}
