package dev.weir.benchmarks.quality;

import dev.weir.trainer.search.Judgement;
import dev.weir.trainer.search.ProbeKind;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/** How the candidates of each family were judged, and which of them wins. */
final class DefaultsResults {
  private final Map<Place, Map<Candidate, Entry>> places = new LinkedHashMap<>();
  private boolean failures;

  /** Where candidates compete. */
  record Place(QualitySet set, String series, long seed) {}

  /**
   * What became of a candidate there.
   *
   * @param test its figure on the test part, if that was looked at
   */
  private record Entry(Judgement judgement, OptionalDouble test) {
    double value() {
      return judgement.overall().rocAuc();
    }

    OptionalDouble of(ProbeKind kind) {
      Double value = judgement.rocAucByKind().get(kind);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /**
   * A candidate beside its family's defaults.
   *
   * @param mean of the criterion, over the series and seeds that it was judged on
   * @param meanRank among its family's candidates there, 1 for the best; equal ones share theirs
   * @param gain of the criterion over the defaults, on the same series and seeds
   * @param better whether its gain is above its spread, its mean rank better than that of the
   *     defaults on the same series, and there is nothing at which it is worse
   * @param worseAt kinds of anomalies, on tables or on series, at which it is below the defaults by
   *     more than the seeds differ
   */
  record Standing(
      Candidate candidate,
      double mean,
      double meanRank,
      Gain gain,
      boolean better,
      List<String> worseAt) {
    Standing {
      worseAt = List.copyOf(worseAt);
    }
  }

  /**
   * By how much a figure is above that of the defaults.
   *
   * @param mean over the seeds of the mean over the series
   * @param spread between the seeds: the largest gain of one seed less the smallest
   */
  record Gain(double mean, double spread) {
    static Gain of(Map<Long, List<Double>> bySeed) {
      DoubleSummaryStatistics means =
          bySeed.values().stream().mapToDouble(QualityResults::mean).summaryStatistics();
      return means.getCount() == 0
          ? new Gain(Double.NaN, Double.NaN)
          : new Gain(means.getAverage(), means.getMax() - means.getMin());
    }
  }

  void add(
      QualitySet set,
      String series,
      Candidate candidate,
      long seed,
      Judgement judgement,
      OptionalDouble test) {
    places
        .computeIfAbsent(new Place(set, series, seed), place -> new LinkedHashMap<>())
        .put(candidate, new Entry(judgement, test));
  }

  void addFailure(QualitySet set, String series, Candidate candidate, long seed) {
    places.computeIfAbsent(new Place(set, series, seed), place -> new LinkedHashMap<>());
    failures = true;
  }

  boolean hasFailures() {
    return failures;
  }

  List<QualitySet> sets() {
    return places.keySet().stream().map(Place::set).distinct().toList();
  }

  List<String> families() {
    return candidates().stream().map(Candidate::family).distinct().toList();
  }

  List<Candidate> candidates(String family) {
    return candidates().stream().filter(one -> one.family().equals(family)).toList();
  }

  private List<Candidate> candidates() {
    LinkedHashSet<Candidate> all = new LinkedHashSet<>();
    // A set of series has all candidates in their order, one of tables may not.
    places.values().stream()
        .sorted((one, other) -> Integer.compare(other.size(), one.size()))
        .forEach(entries -> all.addAll(entries.keySet()));
    return List.copyOf(all);
  }

  /** The mean of the criterion over the series of a set and the seeds; NaN without any. */
  double mean(QualitySet set, Candidate candidate) {
    return entries(candidate).entrySet().stream()
        .filter(entry -> entry.getKey().set() == set)
        .mapToDouble(entry -> entry.getValue().value())
        .average()
        .orElse(Double.NaN);
  }

  /** The mean over all series and seeds of what it reached on one kind of anomalies. */
  double mean(ProbeKind kind, Candidate candidate) {
    return entries(candidate).values().stream()
        .flatMapToDouble(entry -> entry.of(kind).stream())
        .average()
        .orElse(Double.NaN);
  }

  /** The candidates of a family, the defaults first. */
  List<Standing> standings(String family) {
    List<Candidate> own = candidates(family);
    Candidate defaults = own.stream().filter(Candidate::isDefaults).findFirst().orElseThrow();
    return own.stream().map(one -> standing(one, defaults)).toList();
  }

  private Standing standing(Candidate candidate, Candidate defaults) {
    List<Double> values = new ArrayList<>();
    List<Double> ranks = new ArrayList<>();
    List<Double> ranksOfDefaults = new ArrayList<>();
    entries(candidate)
        .forEach(
            (place, entry) -> {
              values.add(entry.value());
              ranks.add(rank(place, candidate));
              if (places.get(place).containsKey(defaults)) {
                ranksOfDefaults.add(rank(place, defaults));
              }
            });
    Gain gain = gain(candidate, defaults, place -> true, entry -> OptionalDouble.of(entry.value()));
    List<String> worseAt = worseAt(candidate, defaults);
    double rank = QualityResults.mean(ranks);
    boolean better =
        gain.mean() > gain.spread()
            && rank < QualityResults.mean(ranksOfDefaults)
            && worseAt.isEmpty();
    return new Standing(candidate, QualityResults.mean(values), rank, gain, better, worseAt);
  }

  /** Nobody knows how frequent each kind is, so none may be given up for another. */
  private List<String> worseAt(Candidate candidate, Candidate defaults) {
    List<String> worse = new ArrayList<>();
    for (boolean tables : new boolean[] {true, false}) {
      for (ProbeKind kind : ProbeKind.values()) {
        Gain gain =
            gain(
                candidate,
                defaults,
                place -> place.set().isTabular() == tables,
                entry -> entry.of(kind));
        if (gain.mean() < -gain.spread()) {
          worse.add(kind.title() + (tables ? " (tables)" : " (series)"));
        }
      }
    }
    return worse;
  }

  private Gain gain(
      Candidate candidate,
      Candidate defaults,
      Predicate<Place> where,
      Function<Entry, OptionalDouble> figure) {
    Map<Long, List<Double>> bySeed = new LinkedHashMap<>();
    entries(candidate)
        .forEach(
            (place, entry) -> {
              Entry usual = places.get(place).get(defaults);
              if (!where.test(place) || usual == null) {
                return;
              }
              OptionalDouble own = figure.apply(entry);
              OptionalDouble theirs = figure.apply(usual);
              if (own.isPresent() && theirs.isPresent()) {
                bySeed
                    .computeIfAbsent(place.seed(), seed -> new ArrayList<>())
                    .add(own.getAsDouble() - theirs.getAsDouble());
              }
            });
    return Gain.of(bySeed);
  }

  /** The one that the defaults give way to: of those that are better the one that gains most. */
  Candidate winner(String family) {
    List<Standing> standings = standings(family);
    Standing best = standings.get(0);
    for (Standing standing : standings) {
      if (standing.better() && (!best.better() || standing.gain().mean() > best.gain().mean())) {
        best = standing;
      }
    }
    return best.candidate();
  }

  private double rank(Place place, Candidate candidate) {
    double own = places.get(place).get(candidate).value();
    double rank = 0.5;
    for (Map.Entry<Candidate, Entry> other : places.get(place).entrySet()) {
      if (other.getKey().family().equals(candidate.family())) {
        int order = Double.compare(other.getValue().value(), own);
        rank += order > 0 ? 1 : order == 0 ? 0.5 : 0;
      }
    }
    return rank;
  }

  private Map<Place, Entry> entries(Candidate candidate) {
    Map<Place, Entry> own = new LinkedHashMap<>();
    places.forEach(
        (place, entries) -> {
          if (entries.containsKey(candidate)) {
            own.put(place, entries.get(candidate));
          }
        });
    return own;
  }

  /** What a candidate reaches on a set's test parts, if they were looked at. */
  OptionalDouble test(QualitySet set, Candidate candidate) {
    return entries(candidate).entrySet().stream()
        .filter(entry -> entry.getKey().set() == set && entry.getValue().test().isPresent())
        .mapToDouble(entry -> entry.getValue().test().getAsDouble())
        .average();
  }

  /**
   * How the criterion orders all candidates, of whatever family, beside how the test part does:
   * Spearman's rank correlation on each series and seed, and the mean of these over a set.
   */
  OptionalDouble agreement(QualitySet set) {
    return places.entrySet().stream()
        .filter(entry -> entry.getKey().set() == set)
        .map(entry -> List.copyOf(entry.getValue().values()))
        .filter(
            entries ->
                entries.size() > 2 && entries.stream().allMatch(one -> one.test().isPresent()))
        .mapToDouble(
            entries ->
                RankCorrelation.of(
                    entries.stream().mapToDouble(Entry::value).toArray(),
                    entries.stream().mapToDouble(one -> one.test().getAsDouble()).toArray()))
        .filter(Double::isFinite)
        .average();
  }
}
