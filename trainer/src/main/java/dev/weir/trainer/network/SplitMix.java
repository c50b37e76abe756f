package dev.weir.trainer.network;

import java.util.random.RandomGenerator;

/**
 * Random numbers whose state can be kept and gone on from: SplitMix64 (Steele, Lea and Flood 2014).
 * From the same seed it gives what {@link java.util.SplittableRandom} gives, which does not tell
 * its state.
 */
public final class SplitMix implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Begins with a seed, or goes on from a {@link #state()}. */
  public SplitMix(long seed) {
    state = seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public int nextInt() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 33)) * 0x62A9D9ED799705F5L;
    return (int) (((z ^ (z >>> 28)) * 0xCB24D0A5C88C35B3L) >>> 32);
  }

  /** Where it is. */
  public long state() {
    return state;
  }

  /** Goes on from where another was. */
  public void restore(long kept) {
    state = kept;
  }
}
