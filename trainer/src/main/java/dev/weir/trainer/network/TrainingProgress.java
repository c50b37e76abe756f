package dev.weir.trainer.network;

import java.util.List;

/** Hears how a training goes. Called on the training's own thread. */
public interface TrainingProgress {
  /** Hears nothing. */
  TrainingProgress SILENT =
      new TrainingProgress() {
        @Override
        public void step(String what) {}

        @Override
        public void reading(long rows) {}

        @Override
        public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {}

        @Override
        public void epoch(EpochReport report) {}

        @Override
        public void warning(String message) {}
      };

  /** A new part of the work begins. */
  void step(String what);

  /** So many rows of history have been read. */
  void reading(long rows);

  /** Some rows of an epoch are done. */
  void batch(int epoch, int ofEpochs, long rowsDone, long rows);

  /** An epoch is done. */
  void epoch(EpochReport report);

  /** A search has gone on: all its candidates, in the order in which they are tried. */
  default void candidates(List<CandidateReport> candidates) {}

  /** Something the user should know, though the training goes on. */
  void warning(String message);
}
