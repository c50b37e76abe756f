package dev.weir.trainer.network;

import dev.weir.trainer.config.ActivationKind;
import java.util.Optional;

/**
 * A fully connected layer after training: {@code activation(x Wᵀ + b)}.
 *
 * @param weights float32 {@code [out, in]}, row by row
 * @param bias float32 {@code [out]}
 * @param activation empty for a linear layer
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record DenseLayer(float[] weights, float[] bias, Optional<ActivationKind> activation)
    implements Layer {

  @Override
  public int outputs() {
    return bias.length;
  }

  @Override
  public int inputs() {
    return weights.length / bias.length;
  }
}
