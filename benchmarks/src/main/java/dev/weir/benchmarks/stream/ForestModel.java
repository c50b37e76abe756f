package dev.weir.benchmarks.stream;

import com.amazon.randomcutforest.RandomCutForest;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelSource;
import dev.weir.scorer.inference.ScoredBatch;

/**
 * Amazon's random cut forest in the scorer's topology: 50 trees of 256 samples, fitted before, and
 * asked for scores only. Its alerts are those of {@link NoModel}, since its scores have no
 * threshold here.
 *
 * @see <a href="https://proceedings.mlr.press/v48/guha16.html">Guha et al. 2016</a>
 */
record ForestModel(Manifest manifest, HostRecords history, int anomalousEvery)
    implements ModelSource {
  private static final int TREES = 50;
  private static final int SAMPLES = 256;
  private static final int FITTED_ON = 2000;

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public AnomalyModel newScorer() {
    RandomCutForest forest =
        RandomCutForest.builder()
            .dimensions(history.features())
            .numberOfTrees(TREES)
            .sampleSize(SAMPLES)
            .randomSeed(1)
            .parallelExecutionEnabled(false)
            .build();
    for (int i = 0; i < Math.min(FITTED_ON, history.count()); i++) {
      forest.update(history.row(i));
    }
    return new Scorer(manifest, forest, new NoModel(manifest, anomalousEvery).newScorer());
  }

  private static final class Scorer implements AnomalyModel {
    private final Manifest manifest;
    private final RandomCutForest forest;
    private final AnomalyModel alerts;
    private final float[] row;
    private double sum;

    Scorer(Manifest manifest, RandomCutForest forest, AnomalyModel alerts) {
      this.manifest = manifest;
      this.forest = forest;
      this.alerts = alerts;
      row = new float[manifest.features().width()];
    }

    @Override
    public Manifest manifest() {
      return manifest;
    }

    @Override
    public ScoredBatch score(FeatureBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        for (int j = 0; j < row.length; j++) {
          row[j] = batch.value(i, j);
        }
        sum += forest.getAnomalyScore(row);
      }
      if (Double.isNaN(sum)) {
        throw new IllegalStateException("the forest's scores are not numbers");
      }
      return alerts.score(batch);
    }

    @Override
    public void close() {
      alerts.close();
    }
  }
}
