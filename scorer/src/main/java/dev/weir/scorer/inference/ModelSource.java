package dev.weir.scorer.inference;

import dev.weir.model.bundle.Manifest;

/** Where tasks find the model that is live. Thread-safe. */
public interface ModelSource {

  /**
   * Grows from 1 on whenever another model takes over; 0 while there is none. Cheap: it is asked
   * for at every batch.
   */
  long generation();

  /** Of the model that is live now. */
  Manifest manifest();

  /** A scorer of the model that is live now, for one thread, which closes it. */
  AnomalyModel newScorer();
}
