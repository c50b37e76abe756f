package dev.weir.trainer.transfer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains on files in a folder; for tests. */
final class TransferRuns {
  private final Path folder;

  TransferRuns(Path folder) {
    this.folder = folder;
  }

  /** Rows as a file with a header. */
  Path write(String name, List<String> columns, Rows rows) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        text.append(j == 0 ? "" : ",").append(rows.at(i, j));
      }
      text.append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  Path write(String name, Rows rows) throws IOException {
    return write(name, Manifold.NAMES, rows);
  }

  Bundle train(String name, Path csv, TrainingProgress progress, String... settings) {
    List<String> all =
        new ArrayList<>(List.of("name=" + name, "source.type=csv", "source.files=" + csv));
    all.addAll(Arrays.asList(settings));
    return new TrainingRun(ConfigReader.of(all, TrainConfig.class), progress, Clock.systemUTC())
        .run(folder.resolve(name));
  }

  Bundle train(String name, Path csv, String... settings) {
    return train(name, csv, TrainingProgress.SILENT, settings);
  }

  /** Scores rows of one key by a bundle's graph. */
  static double[] scores(Bundle bundle, Rows rows) throws IOException {
    return OnnxScores.of(
        new OnnxModel(Files.readAllBytes(bundle.modelFile())),
        Manifold.history(rows).samples(bundle.manifest().window()));
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** Samples of single rows. */
  static Samples samples(Rows rows) {
    return Samples.of(rows);
  }
}
