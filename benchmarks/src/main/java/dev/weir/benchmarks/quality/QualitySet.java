package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.DataFolder;
import dev.weir.benchmarks.data.LabelledTable;
import dev.weir.benchmarks.data.NabCorpus;
import dev.weir.benchmarks.data.ReferenceFigures;
import dev.weir.benchmarks.data.TrainTestPair;
import dev.weir.model.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A data set, by the name of its folder. */
public enum QualitySet {
  ADBENCH,
  SMD,
  ASD,
  TELEMETRY,
  NAB;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its rows have no order. */
  boolean isTabular() {
    return this == ADBENCH;
  }

  /** What is measured on it, the most telling first. */
  List<Metric> metrics() {
    return switch (this) {
      case ADBENCH -> List.of(Metric.AUC_PR, Metric.AUC_ROC);
      case SMD, ASD, TELEMETRY -> List.of(Metric.VUS_PR, Metric.AUC_PR, Metric.AUC_ROC);
      case NAB ->
          List.of(
              Metric.NAB_STANDARD,
              Metric.NAB_LOW_FALSE_POSITIVES,
              Metric.NAB_LOW_FALSE_NEGATIVES,
              Metric.NAB_WINDOWS_FOUND,
              Metric.NAB_FALSE_ALARMS);
    };
  }

  /** What there is to do, each task reading its data when it is asked for. */
  List<Supplier<Task>> tasks(DataFolder folder, ReferenceFigures references) {
    return this == NAB
        ? Stream.<Supplier<Task>>of(() -> new NabTask(NabCorpus.read(folder))).toList()
        : learningTasks(folder, references).stream()
            .<Supplier<Task>>map(task -> task::get)
            .toList();
  }

  /**
   * The same for the sets whose learning rows stand apart.
   *
   * @throws InvalidInputException if they do not
   */
  List<Supplier<LearningTask>> learningTasks(DataFolder folder, ReferenceFigures references) {
    return switch (this) {
      case ADBENCH ->
          folder.tables(key()).stream()
              .<Supplier<LearningTask>>map(
                  file -> () -> new OneClassTask(DataFolder.name(file), LabelledTable.read(file)))
              .toList();
      case SMD, ASD, TELEMETRY ->
          folder.pairs(key()).stream()
              .<Supplier<LearningTask>>map(pair -> () -> series(pair, references))
              .toList();
      case NAB ->
          throw new InvalidInputException(
              "nab has too few rows to learn from, to hold some of them out; leave it out of"
                  + " --sets");
    };
  }

  private static LearningTask series(TrainTestPair pair, ReferenceFigures references) {
    return new SeriesTask(
        pair.name(),
        LabelledTable.read(pair.train()).rows(),
        new Once<>(() -> LabelledTable.read(pair.test())),
        references.window(pair.name()));
  }

  /** Asks once and remembers. For one thread. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> asked;
    private T value;

    Once(Supplier<T> asked) {
      this.asked = asked;
    }

    @Override
    public T get() {
      if (value == null) {
        value = asked.get();
      }
      return value;
    }
  }
}
