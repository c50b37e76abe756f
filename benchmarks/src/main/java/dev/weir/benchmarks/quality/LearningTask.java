package dev.weir.benchmarks.quality;

import dev.weir.trainer.data.Rows;
import java.util.Map;

/** A task whose learning rows stand apart, for choices that no other row may have a say in. */
interface LearningTask extends Task {
  /**
   * The rows that a model may learn from, in their order. No label is read, but those by which a
   * one-class protocol knows which rows are normal.
   */
  Rows learning(long seed);

  /** Measures a model that learned from these rows, or from some of them, on the test rows. */
  Map<Metric, Double> metrics(Detector detector, long seed);
}
