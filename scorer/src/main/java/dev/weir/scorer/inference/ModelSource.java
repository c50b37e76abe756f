package dev.weir.scorer.inference;

/** Where tasks find the model that is live. Thread-safe. */
public interface ModelSource {

  /** Grows whenever another model takes over. Cheap: it is asked for at every batch. */
  long generation();

  /** A scorer of the model that is live now, for one thread, which closes it. */
  AnomalyModel newScorer();
}
