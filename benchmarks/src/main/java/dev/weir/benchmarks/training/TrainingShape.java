package dev.weir.benchmarks.training;

import dev.weir.model.config.Check;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.AutoencoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is trained: the same for both sides.
 *
 * @param rows how many are trained on
 * @param features how many values each has
 * @param encoder widths of the encoder's layers, which the decoder mirrors
 * @param batchSize rows a step
 * @param epochs passes over all rows
 */
public record TrainingShape(
    int rows, int features, List<Integer> encoder, int batchSize, int epochs) {
  private static final double LEARNING_RATE = 1e-3;

  public TrainingShape {
    Check.atLeast("--rows", rows, 1);
    Check.atLeast("--features", features, 1);
    Check.atLeast("--batch", batchSize, 1);
    Check.atLeast("--epochs", epochs, 1);
    Check.present("--layers", encoder, "for example 64,32,8");
    encoder = List.copyOf(encoder);
    encoder.forEach(width -> Check.atLeast("--layers", width, 1));
  }

  /** The widths of all hidden layers, those of the decoder, too. */
  List<Integer> hiddenLayers() {
    List<Integer> layers = new ArrayList<>(encoder);
    for (int i = encoder.size() - 2; i >= 0; i--) {
      layers.add(encoder.get(i));
    }
    return layers;
  }

  double learningRate() {
    return LEARNING_RATE;
  }

  /** The autoencoder of this shape, which never stops early. */
  AutoencoderConfig autoencoder() {
    return ConfigReader.of(
        List.of(
            "hiddenLayers=" + encoder,
            "activation=tanh",
            "epochs=" + epochs,
            "patience=" + epochs,
            "batchSize=" + batchSize,
            "learningRate=" + LEARNING_RATE),
        AutoencoderConfig.class);
  }
}
