package dev.weir.trainer.som;

import dev.weir.trainer.config.Neighbourhood;
import java.util.stream.IntStream;

/**
 * Batch training (Kohonen 2001, section 3.6): each cell becomes the mean of the samples that it and
 * its neighbours won, weighted by the neighbourhood, {@code Σ h x / Σ h}. A column's mean is over
 * the samples that have it. Where that is over nothing, the weights stay.
 *
 * <p>Uses all cores; the result does not depend on how many there are.
 */
final class BatchEpoch implements SomEpoch {
  private final SomGrid grid;
  private final Neighbourhood neighbourhood;
  private final Cooling cooling;

  BatchEpoch(SomGrid grid, Neighbourhood neighbourhood, Cooling cooling) {
    this.grid = grid;
    this.neighbourhood = neighbourhood;
    this.cooling = cooling;
  }

  @Override
  public double run(Codebook codebook, SomSamples samples, int epoch) {
    BestMatches matches = codebook.bestMatches(samples);
    update(codebook, samples, matches.cells(), cooling.radius(epoch));
    return matches.quantisationError();
  }

  private void update(Codebook codebook, SomSamples samples, int[] winners, double radius) {
    int size = samples.size();
    // Without missing values each column of a cell has the same count.
    int counted = samples.areAllComplete() ? 1 : size;
    double[] sums = new double[codebook.cells() * size];
    int[] counts = new int[codebook.cells() * counted];
    int[] hits = new int[codebook.cells()];
    for (int i = 0; i < winners.length; i++) {
      int cell = winners[i];
      hits[cell]++;
      for (int k = 0; k < size; k++) {
        float value = samples.at(i, k);
        if (!Float.isNaN(value)) {
          sums[cell * size + k] += value;
          counts[cell * counted + (counted == 1 ? 0 : k)] += counted == 1 && k > 0 ? 0 : 1;
        }
      }
    }
    double reach = neighbourhood.reach(radius);
    IntStream.range(0, codebook.cells())
        .parallel()
        .forEach(
            cell -> {
              double[] sum = new double[size];
              double[] weight = new double[counted];
              int end = grid.endWithin(cell, reach);
              for (int other = grid.firstWithin(cell, reach); other < end; other++) {
                double distance = grid.squaredDistance(cell, other);
                if (hits[other] == 0 || distance > reach * reach) {
                  continue;
                }
                double share = neighbourhood.of(distance, radius);
                for (int k = 0; k < size; k++) {
                  sum[k] += share * sums[other * size + k];
                }
                for (int k = 0; k < counted; k++) {
                  weight[k] += share * counts[other * counted + k];
                }
              }
              for (int k = 0; k < size; k++) {
                double over = weight[counted == 1 ? 0 : k];
                if (over > 0) {
                  codebook.set(cell, k, (float) (sum[k] / over));
                }
              }
            });
  }
}
