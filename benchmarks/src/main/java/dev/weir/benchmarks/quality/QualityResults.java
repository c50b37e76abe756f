package dev.weir.benchmarks.quality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** All outcomes of a run, and their means. A mean that lacks one of its parts is NaN. */
final class QualityResults {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One outcome.
   *
   * @param outcome null if the training failed
   */
  private record Entry(QualitySet set, String series, String family, long seed, Outcome outcome) {}

  void add(QualitySet set, String series, String family, long seed, Outcome outcome) {
    entries.add(new Entry(set, series, family, seed, outcome));
  }

  void addFailure(QualitySet set, String series, String family, long seed) {
    entries.add(new Entry(set, series, family, seed, null));
  }

  boolean hasFailures() {
    return entries.stream().anyMatch(entry -> entry.outcome() == null);
  }

  /** The sets that were measured, in their order. */
  List<QualitySet> sets() {
    return distinct(entry -> true, Entry::set);
  }

  List<String> families() {
    return distinct(entry -> true, Entry::family);
  }

  List<Long> seeds() {
    return distinct(entry -> true, Entry::seed);
  }

  List<String> series(QualitySet set) {
    return distinct(entry -> entry.set() == set, Entry::series);
  }

  private <T> List<T> distinct(Predicate<Entry> which, Function<Entry, T> what) {
    return List.copyOf(new LinkedHashSet<>(entries.stream().filter(which).map(what).toList()));
  }

  /** The mean over the seeds. */
  double mean(QualitySet set, String series, String family, Metric metric) {
    return mean(
        entries.stream()
            .filter(entry -> entry.set() == set && entry.family().equals(family))
            .filter(entry -> entry.series().equals(series))
            .map(
                entry ->
                    entry.outcome() == null ? Double.NaN : entry.outcome().metrics().get(metric))
            .toList());
  }

  /** The mean over a set's series of the means over the seeds. */
  double mean(QualitySet set, String family, Metric metric) {
    return mean(series(set).stream().map(series -> mean(set, series, family, metric)).toList());
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** How long a family took on a set in all, failures left aside. */
  Duration total(QualitySet set, String family, Function<Outcome, Duration> part) {
    return entries.stream()
        .filter(entry -> entry.set() == set && entry.family().equals(family))
        .filter(entry -> entry.outcome() != null)
        .map(entry -> part.apply(entry.outcome()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
