package dev.weir.trainer.network;

import dev.weir.trainer.config.Regularization.Denoising;

/** Noise on what a network sees, from a seeded source of its own. */
final class Corruption {
  private final SplitMix random;

  Corruption(long seed) {
    // Apart from the order in which batches are dealt, which comes from the seed itself.
    random = new SplitMix(seed ^ 0x9E3779B97F4A7C15L);
  }

  /** A corrupted copy: with noise added, or with some columns set to their mean, which is 0. */
  float[] corrupt(float[] clean, Denoising denoising) {
    float[] corrupted = clean.clone();
    for (int i = 0; i < corrupted.length; i++) {
      if (denoising.masking() > 0) {
        corrupted[i] = random.nextDouble() < denoising.masking() ? 0 : corrupted[i];
      } else {
        corrupted[i] += (float) (denoising.noise() * random.nextGaussian());
      }
    }
    return corrupted;
  }

  /** A copy, moved by a step along {@code v ~ N(0, I)}. */
  float[] move(float[] from, double step) {
    return corrupt(from, new Denoising(step, 0));
  }

  /** Where its source is. */
  long state() {
    return random.state();
  }

  /** Goes on from where a source was. */
  void restore(long state) {
    random.restore(state);
  }

  /** Independent standard normal numbers. */
  float[] normal(int count) {
    return corrupt(new float[count], new Denoising(1, 0));
  }
}
