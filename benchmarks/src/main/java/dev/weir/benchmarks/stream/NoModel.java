package dev.weir.benchmarks.stream;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelSource;
import dev.weir.scorer.inference.ScoredBatch;

/**
 * In a model's place: finds every so manieth row anomalous, so that as much is published as with a
 * model, and looks at none. Everything but inference is as it is with the model.
 */
record NoModel(Manifest manifest, int anomalousEvery) implements ModelSource {

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public AnomalyModel newScorer() {
    return new Scorer(manifest, anomalousEvery);
  }

  private static final class Scorer implements AnomalyModel {
    private final Manifest manifest;
    private final int anomalousEvery;
    private final Scores scores;
    private long rows;

    Scorer(Manifest manifest, int anomalousEvery) {
      this.manifest = manifest;
      this.anomalousEvery = anomalousEvery;
      scores = new Scores(manifest.features().width(), (float) manifest.threshold().score());
    }

    @Override
    public Manifest manifest() {
      return manifest;
    }

    @Override
    public ScoredBatch score(FeatureBatch batch) {
      scores.nextAnomalous = (int) (anomalousEvery - 1 - rows % anomalousEvery);
      scores.anomalousEvery = anomalousEvery;
      rows += batch.size();
      return scores;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private static final class Scores implements ScoredBatch {
    private final float[] parts;
    private final float threshold;
    private int nextAnomalous;
    private int anomalousEvery;

    Scores(int width, float threshold) {
      this.threshold = threshold;
      parts = new float[width];
      parts[0] = 2 * threshold;
    }

    @Override
    public float score(int row) {
      boolean anomalous = row >= nextAnomalous && (row - nextAnomalous) % anomalousEvery == 0;
      return anomalous ? 2 * threshold : threshold / 2;
    }

    @Override
    public float[] contributions(int row) {
      return parts;
    }

    @Override
    public float[] expected(int row) {
      return parts;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
