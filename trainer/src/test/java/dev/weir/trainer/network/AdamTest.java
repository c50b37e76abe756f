package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdamTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.get().newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Two steps from 1 with a rate of 0.1 and gradients 2 and -1, by hand: m = 0.2, v = 0.004, step
   * 0.1 · √0.001 / 0.1 · 0.2 / (√0.004 + 1e-8); then m = 0.08, v = 0.004996, step 0.1 · √0.001999 /
   * 0.19 · 0.08 / (√0.004996 + 1e-8).
   */
  @Test
  void shouldStepAsWorkedOutByHand() {
    // Given
    Adam adam = new Adam(manager, Tracker.fixed(0.1f), 0);
    NDArray weight = manager.create(new float[] {1});

    // When
    step(adam, weight, 2);
    float first = weight.toFloatArray()[0];
    step(adam, weight, -1);

    // Then
    assertThat(first).isCloseTo(0.9f, within(1e-6f));
    assertThat(weight.toFloatArray()[0]).isCloseTo(0.9f - 0.0266337f, within(1e-6f));
    assertThat(adam.mean("w", 1)[0]).isCloseTo(0.08f, within(1e-7f));
    assertThat(adam.variance("w", 1)[0]).isCloseTo(0.004996f, within(1e-7f));
    assertThat(adam.steps("w")).isEqualTo(2);
  }

  /** Decay of 0.5 adds 0.5 to the gradient: 2 becomes 2.5, so m = 0.25 and v = 0.00625. */
  @Test
  void shouldAddWeightDecayToGradient() {
    // Given
    Adam adam = new Adam(manager, Tracker.fixed(0.1f), 0.5f);
    NDArray weight = manager.create(new float[] {1});

    // When
    step(adam, weight, 2);

    // Then
    assertThat(adam.mean("w", 1)[0]).isCloseTo(0.25f, within(1e-7f));
    assertThat(adam.variance("w", 1)[0]).isCloseTo(0.00625f, within(1e-7f));
    assertThat(weight.toFloatArray()[0]).isCloseTo(0.9f, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.01f})
  void shouldGiveDjlsNumbersAndGoOnFromItsState(float decay) {
    // Given
    Tracker falling =
        Tracker.cosine().setBaseValue(0.05f).optFinalValue(0.001f).setMaxUpdates(40).build();
    Optimizer djl = Optimizer.adam().optLearningRateTracker(falling).optWeightDecays(decay).build();
    Adam own = new Adam(manager, falling, decay);
    Random random = new Random(3);
    float[] start = floats(random);
    NDArray expected = manager.create(start.clone());
    NDArray weight = manager.create(start.clone());

    // When
    for (int i = 0; i < 30; i++) {
      if (i == 13) {
        Adam kept = own;
        own = new Adam(manager, falling, decay);
        own.restore("w", weight, kept.mean("w", 50), kept.variance("w", 50), kept.steps("w"));
      }
      float[] gradient = floats(random);
      djl.update("w", expected, manager.create(gradient.clone()));
      own.update("w", weight, manager.create(gradient));

      // Then
      assertThat(weight.toFloatArray()).isEqualTo(expected.toFloatArray());
    }
    assertThat(weight.toFloatArray()).isNotEqualTo(start);
  }

  private static float[] floats(Random random) {
    float[] values = new float[50];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void step(Adam adam, NDArray weight, float gradient) {
    adam.update("w", weight, manager.create(new float[] {gradient}));
  }
}
