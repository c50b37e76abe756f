package dev.weir.trainer.transfer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.SourceModel;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.DistilConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.Teaching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bundle of a model that is distilled into another. Of whatever family it is, its graph says
 * what it expected of a row, and that is what the student is to give back.
 */
public final class TeacherBundle {
  private final Bundle bundle;
  private final DistilConfig config;

  private TeacherBundle(Bundle bundle, DistilConfig config) {
    this.bundle = bundle;
    this.config = config;
  }

  /**
   * Opens it.
   *
   * @param student what learns from it
   * @throws InvalidInputException if it is no bundle, or if the student cannot learn from one
   */
  public static TeacherBundle open(DistilConfig config, ModelConfig student) {
    boolean network =
        student instanceof AutoencoderConfig
            || student instanceof VaeConfig
            || student instanceof SequenceConfig;
    if (!network) {
      throw new InvalidInputException(
          "distil.teacher needs a network to learn from it, and model.family is "
              + student.family()
              + "; take autoencoder, vae or a sequence family, or leave the teacher out");
    }
    return new TeacherBundle(Bundle.open(Path.of(config.teacher())), config);
  }

  /**
   * The config of a training that learns from this model: with its features.
   *
   * @throws InvalidInputException if the student has those of another model
   */
  public TrainConfig resolve(TrainConfig asked) {
    if (asked.features().given() != null
        && !asked.features().given().equals(bundle.manifest().features())) {
      throw new InvalidInputException(
          "fineTune.from and distil.teacher have different features, or vocabularies; both must"
              + " have been trained as the same features");
    }
    return asked.with(
        asked.features().as(bundle.manifest().features(), bundle.manifest().maxGap()),
        asked.model());
  }

  /** What it expects of each row of a history. */
  public Teaching teach(History history) {
    int width = history.features().width();
    float[] all = new float[history.rows().count() * width];
    Arrays.fill(all, Float.NaN);
    Samples samples = history.samples(bundle.manifest().window());
    OnnxScores.each(
        graph(),
        samples,
        (first, scores, contributions, expected) -> {
          for (int i = 0; i < scores.length; i++) {
            System.arraycopy(expected, i * width, all, samples.row(first + i) * width, width);
          }
        });
    return new Teaching(all, width, config.weight());
  }

  private OnnxModel graph() {
    try {
      return new OnnxModel(Files.readAllBytes(bundle.modelFile()));
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + bundle.modelFile() + " (" + e + ")", e);
    }
  }

  /** Which model it is. */
  public SourceModel source() {
    return SourceModel.of(bundle.manifest());
  }
}
