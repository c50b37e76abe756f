package dev.weir.trainer.som;

import dev.weir.trainer.config.Neighbourhood;
import java.util.random.RandomGenerator;

/**
 * Kohonen's rule (Kohonen 1982; 2001, section 3.2): sample by sample, in random order, the cells
 * around the winner move towards the sample, {@code w += α h (x - w)}, in the columns that it has.
 */
final class OnlineEpoch implements SomEpoch {
  private final SomGrid grid;
  private final Neighbourhood neighbourhood;
  private final Cooling cooling;
  private final RandomGenerator random;

  OnlineEpoch(SomGrid grid, Neighbourhood neighbourhood, Cooling cooling, RandomGenerator random) {
    this.grid = grid;
    this.neighbourhood = neighbourhood;
    this.cooling = cooling;
    this.random = random;
  }

  @Override
  public double run(Codebook codebook, SomSamples samples, int epoch) {
    int[] order = new int[samples.count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    float[] room = new float[codebook.cells()];
    double errors = 0;
    for (int i = 0; i < order.length; i++) {
      double done = epoch + (double) i / order.length;
      int winner = codebook.bestMatch(samples, order[i], room);
      errors += codebook.error(samples, order[i], winner);
      update(codebook, samples, order[i], winner, cooling.rate(done), cooling.radius(done), room);
    }
    return errors / order.length;
  }

  private void update(
      Codebook codebook,
      SomSamples samples,
      int sample,
      int winner,
      double rate,
      double radius,
      float[] rates) {
    double reach = neighbourhood.reach(radius);
    int first = grid.firstWithin(winner, reach);
    int end = grid.endWithin(winner, reach);
    for (int cell = first; cell < end; cell++) {
      double distance = grid.squaredDistance(cell, winner);
      rates[cell - first] =
          distance > reach * reach ? 0 : (float) (rate * neighbourhood.of(distance, radius));
    }
    codebook.move(samples, sample, first, end, rates);
  }
}
