package dev.weir.trainer.transfer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.SourceModel;
import dev.weir.model.config.ConfigException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.FineTuneConfig;
import dev.weir.trainer.config.Freeze;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.family.FineTuning;
import dev.weir.trainer.family.Pretrained;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bundle of a model that is trained further. */
public final class ParentBundle {
  private final Bundle bundle;
  private final FineTuneConfig config;
  private final Pretrained model;

  private ParentBundle(Bundle bundle, FineTuneConfig config, Pretrained model) {
    this.bundle = bundle;
    this.config = config;
    this.model = model;
  }

  /**
   * Opens it.
   *
   * @throws InvalidInputException if it is no bundle, or one that cannot be trained further as the
   *     config wants it
   */
  public static ParentBundle open(FineTuneConfig config) {
    Bundle bundle = Bundle.open(Path.of(config.from()));
    String family = bundle.manifest().family();
    if (!Files.exists(bundle.weightsFile())) {
      throw new InvalidInputException(
          "the bundle "
              + config.from()
              + " cannot be fine-tuned: "
              + (family.equals("pca") || family.equals("ensemble")
                  ? "family "
                      + family
                      + " has no network to go on with; train it anew on the new history, which"
                      + " gives the same as going on would"
                  : "it has no weights.bin; train it anew with this version of Weir"));
    }
    Pretrained model;
    try {
      model =
          WeightsFile.read(
              Files.readAllBytes(bundle.weightsFile()),
              bundle.manifest().modelSha256(),
              bundle.manifest().features());
    } catch (IOException | IllegalArgumentException | ConfigException e) {
      throw new InvalidBundleException(
          bundle.folder(),
          "weights.bin is damaged ("
              + e.getMessage()
              + "); copy the whole bundle again, or train anew",
          e);
    }
    if (config.freeze() == Freeze.ENCODER && model.config() instanceof SomConfig) {
      throw new InvalidInputException(
          "fineTune.freeze is encoder, but a self-organising map has none; leave it out");
    }
    return new ParentBundle(bundle, config, model);
  }

  /**
   * The config of a training that goes on with this model: its features and its architecture.
   *
   * @throws InvalidInputException if the config asks for another architecture
   */
  public TrainConfig resolve(TrainConfig asked) {
    if (asked.model() != null) {
      Architecture.refuseOther(asked.model(), model.config(), config.from());
    }
    return asked.with(
        asked.features().as(bundle.manifest().features(), bundle.manifest().maxGap()),
        asked.model() == null ? model.config() : asked.model());
  }

  /** What its network sees. */
  public Preprocessor preprocessor() {
    return model.preprocessor();
  }

  /** What a fit begins with. */
  public FineTuning fineTuning() {
    return new FineTuning(model.state(), config);
  }

  /** Which model it is. */
  public SourceModel source() {
    return SourceModel.of(bundle.manifest());
  }
}
