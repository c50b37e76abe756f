package dev.weir.benchmarks.training;

import dev.weir.benchmarks.training.PythonTrainer.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A library of Python with so many threads, and how fast it was. Not thread-safe. */
final class Rival {
  private final PythonTrainer trainer;
  private final boolean hasOneThread;
  private final List<Double> rates = new ArrayList<>();
  private Training last;

  /**
   * One that has not trained yet.
   *
   * @param hasOneThread whether it may use one thread only; otherwise as many as it takes by itself
   */
  Rival(PythonTrainer trainer, boolean hasOneThread) {
    this.trainer = trainer;
    this.hasOneThread = hasOneThread;
  }

  /**
   * Trains once.
   *
   * @param rows a file of little-endian float32 values
   * @param counts whether its speed does
   * @return rows a second
   */
  double train(TrainingShape shape, Path rows, boolean counts) {
    last = trainer.train(shape, rows, hasOneThread ? 1 : 0);
    double rate = (double) shape.rows() * last.epochs() / last.seconds();
    if (counts) {
      rates.add(rate);
    }
    return rate;
  }

  /** Rows a second, of those that counted. */
  List<Double> rates() {
    return rates;
  }

  /** As the figures call it. */
  String key() {
    String library = trainer.library().name().toLowerCase(Locale.ROOT);
    return hasOneThread ? library + "_one_thread" : library;
  }

  /** As people read it, known once it has trained. */
  String title() {
    return "%s %s (%s)%s"
        .formatted(
            trainer.library().title(),
            last.version(),
            last.engine(),
            hasOneThread ? ", one thread" : "");
  }
}
