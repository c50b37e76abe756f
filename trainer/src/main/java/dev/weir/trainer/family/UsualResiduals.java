package dev.weir.trainer.family;

import dev.weir.trainer.config.ResidualKind;
import dev.weir.trainer.data.CovarianceCollector;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.data.Whitening;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.List;
import java.util.Optional;

/**
 * Learns how far off a network usually is. From the training and the validation part together: of
 * the first there are many rows, the second has not been learned by heart.
 */
final class UsualResiduals {
  private static final int SAMPLES_AT_ONCE = 4096;

  private UsualResiduals() {}

  /** What residuals are held against; empty if they count as they are. */
  static Optional<Whitening> of(
      ResidualKind kind, Preprocessor preprocessor, List<? extends Layer> layers, TimeSplit split) {
    return switch (kind) {
      case SQUARED -> Optional.empty();
      case SCALED -> Optional.of(Whitening.ofEachColumn(collect(preprocessor, layers, split)));
      case WHITENED -> Optional.of(Whitening.of(collect(preprocessor, layers, split)));
    };
  }

  private static CovarianceCollector collect(
      Preprocessor preprocessor, List<? extends Layer> layers, TimeSplit split) {
    CovarianceCollector differences =
        new CovarianceCollector(layers.get(layers.size() - 1).outputs());
    try (TorchLayers network = new TorchLayers(layers)) {
      for (Samples part : List.of(split.training(), split.validation())) {
        for (int first = 0; first < part.count(); first += SAMPLES_AT_ONCE) {
          int end = Math.min(part.count(), first + SAMPLES_AT_ONCE);
          float[] wanted = preprocessor.apply(part, first, end);
          float[] off = ReconstructionError.differences(wanted, network.forward(wanted));
          float[] mask = preprocessor.mask(part, first, end);
          for (int k = 0; k < off.length; k++) {
            off[k] *= mask[k];
          }
          differences.add(off);
        }
      }
    }
    return differences;
  }
}
