package dev.weir.trainer.network;

import java.util.Optional;

/** Where one training of a run keeps its state. Called on the training's own thread. */
public interface Checkpoint {
  /** Keeps nothing. */
  Checkpoint NONE =
      new Checkpoint() {
        @Override
        public boolean isKept() {
          return false;
        }

        @Override
        public Optional<TrainingState> load() {
          return Optional.empty();
        }

        @Override
        public boolean isDue(boolean betweenEpochs) {
          return false;
        }

        @Override
        public void save(TrainingState state) {}

        @Override
        public void stopIfAsked(int epoch) {}
      };

  /** Whether {@link #save} keeps anything. */
  boolean isKept();

  /** What was kept of this training, to go on from; empty to begin. */
  Optional<TrainingState> load();

  /**
   * Whether it is time to save.
   *
   * @param betweenEpochs whether an epoch has just ended
   */
  boolean isDue(boolean betweenEpochs);

  /** Keeps a state in the place of the one before; sees all of it or none. */
  void save(TrainingState state);

  /**
   * Ends the training if that was asked for; the state was saved just before.
   *
   * @param epoch that is under way
   * @throws TrainingStoppedException if so
   */
  void stopIfAsked(int epoch);
}
