package dev.weir.trainer.family;

import dev.weir.trainer.data.Samples;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;

/** What dense layers make of preprocessed samples. */
final class Codes {
  private static final int SAMPLES_AT_ONCE = 4096;

  private Codes() {}

  /** The last layer's outputs, float32 {@code [n, k]}. */
  static float[] of(Preprocessor preprocessor, List<? extends Layer> encoder, Samples samples) {
    int width = encoder.get(encoder.size() - 1).outputs();
    float[] codes = new float[samples.count() * width];
    try (TorchLayers network = new TorchLayers(encoder)) {
      for (int first = 0; first < samples.count(); first += SAMPLES_AT_ONCE) {
        int end = Math.min(samples.count(), first + SAMPLES_AT_ONCE);
        float[] part = network.forward(preprocessor.apply(samples, first, end));
        System.arraycopy(part, 0, codes, first * width, part.length);
      }
    }
    return codes;
  }
}
