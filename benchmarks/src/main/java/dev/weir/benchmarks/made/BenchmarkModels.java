package dev.weir.benchmarks.made;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the models that are measured. How well they detect does not matter here, so they are
 * trained for a moment only; their false-alarm rate does, since alerts cost time.
 */
public final class BenchmarkModels {
  private final Path folder;
  private final Path history;

  public BenchmarkModels(Path folder, HostRecords history) {
    this.folder = folder;
    this.history = history.csv(folder.resolve("history.csv"));
  }

  /** Trains a model. */
  public Bundle train(String name, double falseAlarmRate, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "name=" + name,
                "source.type=csv",
                "source.files=" + history,
                "threshold.falseAlarmRate=" + falseAlarmRate));
    all.addAll(List.of(settings));
    return new TrainingRun(
            ConfigReader.of(all, TrainConfig.class), TrainingProgress.SILENT, Clock.systemUTC())
        .run(folder.resolve(name));
  }
}
