package dev.weir.trainer.data;

import java.util.SplittableRandom;

/**
 * Draws a sample of fixed size from a stream of unknown length, every item with the same
 * probability: Vitter's algorithm R (J. S. Vitter, "Random sampling with a reservoir", ACM
 * Transactions on Mathematical Software 11(1), 1985). Not thread-safe.
 */
public final class Reservoir {
  /** An item that is not taken. */
  public static final int NOT_TAKEN = -1;

  private final int capacity;
  private final SplittableRandom random;
  private long seen;

  /**
   * An empty reservoir.
   *
   * @param capacity how many items it holds, from 1
   * @param seed the same stream and seed give the same sample
   */
  public Reservoir(int capacity, long seed) {
    this.capacity = capacity;
    random = new SplittableRandom(seed);
  }

  /** The place of the next item, from 0, whose item it replaces; or {@link #NOT_TAKEN}. */
  public int next() {
    long place = seen < capacity ? seen : random.nextLong(seen + 1);
    seen++;
    return place < capacity ? (int) place : NOT_TAKEN;
  }

  /** How many items it holds at most. */
  public int capacity() {
    return capacity;
  }

  /** How many items there were in the stream. */
  public long seen() {
    return seen;
  }
}
