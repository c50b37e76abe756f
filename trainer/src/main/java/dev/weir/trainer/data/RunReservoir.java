package dev.weir.trainer.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Draws a sample of runs, of consecutive rows of a key, from a stream of unknown length. Every run
 * gets a random rank, and those with the lowest ranks are kept, as many as there is room for
 * (bottom-k sampling: Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
 * Every run has the same probability, whatever its length, and all rows are kept if there is room
 * for all. Not thread-safe.
 */
public final class RunReservoir {
  /** A row that is not taken. */
  public static final int NOT_TAKEN = -1;

  private final int capacity;
  private final int runLength;
  private final SplittableRandom random;
  private final IntConsumer forget;
  private final Map<Integer, Run> open = new HashMap<>();
  private final PriorityQueue<Run> kept =
      new PriorityQueue<>(Comparator.<Run>comparingDouble(run -> run.rank).reversed());
  private final Deque<Integer> free = new ArrayDeque<>();
  private double limit = 1;
  private int used;
  private int places;
  private long seen;

  /** Consecutive rows of a key. */
  private static final class Run {
    final double rank;
    int[] rows = new int[4];
    int seen;
    int size;
    boolean isLost;

    Run(double rank) {
      this.rank = rank;
    }
  }

  /**
   * An empty reservoir.
   *
   * @param capacity how many rows it holds, from 1
   * @param runLength how many rows make a run; a key's last run may be shorter
   * @param seed the same stream and seed give the same sample
   * @param forget hears the places whose rows are no longer in the sample
   */
  public RunReservoir(int capacity, int runLength, long seed, IntConsumer forget) {
    this.capacity = capacity;
    this.runLength = runLength;
    this.forget = forget;
    random = new SplittableRandom(seed);
  }

  /** The place of a key's next row, from 0; or {@link #NOT_TAKEN}. */
  public int next(int key) {
    seen++;
    Run run = open.get(key);
    if (run == null || run.seen == runLength) {
      run = new Run(random.nextDouble());
      run.isLost = run.rank >= limit;
      if (!run.isLost) {
        kept.add(run);
      }
      open.put(key, run);
    }
    run.seen++;
    while (!run.isLost && used == capacity) {
      loseHighestRank();
    }
    return run.isLost ? NOT_TAKEN : place(run);
  }

  private void loseHighestRank() {
    Run lost = kept.remove();
    lost.isLost = true;
    limit = lost.rank;
    for (int i = 0; i < lost.size; i++) {
      free.push(lost.rows[i]);
      forget.accept(lost.rows[i]);
    }
    used -= lost.size;
    lost.rows = new int[0];
  }

  private int place(Run run) {
    int place = free.isEmpty() ? places++ : free.pop();
    if (run.size == run.rows.length) {
      run.rows = Arrays.copyOf(run.rows, Math.min(runLength, 2 * run.size));
    }
    run.rows[run.size++] = place;
    used++;
    return place;
  }

  /** How many rows are in the sample. */
  public int count() {
    return used;
  }

  /** How many rows there were in the stream. */
  public long seen() {
    return seen;
  }
}
