package dev.weir.scorer.inference;

import dev.weir.model.bundle.Manifest;

/**
 * Scores batches of rows.
 *
 * <p>An instance serves one thread: it may keep buffers and native handles between calls. Several
 * instances of one model share its weights.
 */
public interface AnomalyModel extends AutoCloseable {

  Manifest manifest();

  /**
   * Scores a batch, which must not be empty.
   *
   * @return the results, valid until closed; to be closed before the next call
   */
  ScoredBatch score(FeatureBatch batch);

  @Override
  void close();
}
