package dev.weir.cli;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A model of {@link TinyHistory}, trained in a second. */
public final class TinyBundle {
  private TinyBundle() {}

  /**
   * Trains into {@code bundle} in a folder.
   *
   * @param settings of the training's config, beside those of a small model
   */
  public static Bundle train(Path folder, String... settings) {
    Path csv = TinyHistory.csv(folder.resolve("history.csv"), 2000, 1);
    List<String> all =
        new ArrayList<>(
            List.of(
                "name=tiny",
                "source.type=csv",
                "source.files=" + csv,
                "model.hiddenLayers=[8, 1]",
                "model.epochs=5",
                "threshold.falseAlarmRate=0.01"));
    all.addAll(List.of(settings));
    TrainConfig config = ConfigReader.of(all, TrainConfig.class);
    return new TrainingRun(config, TrainingProgress.SILENT, Clock.systemUTC())
        .run(folder.resolve("bundle"));
  }
}
