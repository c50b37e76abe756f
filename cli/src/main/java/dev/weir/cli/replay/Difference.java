package dev.weir.cli.replay;

import java.util.Comparator;
import java.util.List;

/**
 * What the alarms of two models have in common.
 *
 * @param published how many there were
 * @param publishedAlerts of how many alerts they were made
 * @param candidate how many the candidate raises
 * @param candidateAlerts of how many alerts they are made
 * @param publishedInBoth how many of the published ones the candidate raises, too
 * @param candidateInBoth how many of the candidate's were published, too; a long incident may be
 *     several of the other's
 * @param onlyPublished those that the candidate does not raise, the least probable first
 * @param onlyCandidate those that were not published, the least probable first
 */
record Difference(
    long published,
    long publishedAlerts,
    long candidate,
    long candidateAlerts,
    long publishedInBoth,
    long candidateInBoth,
    List<Alarm> onlyPublished,
    List<Alarm> onlyCandidate) {

  /** A silence has no probability; the longest come first, after what has one. */
  private static final Comparator<Alarm> WORST_FIRST =
      Comparator.comparingDouble(
              (Alarm alarm) -> Double.isNaN(alarm.probability()) ? 2 : alarm.probability())
          .thenComparingLong(alarm -> alarm.from() - alarm.to())
          .thenComparingLong(Alarm::from)
          .thenComparing(Alarm::subject)
          .thenComparingLong(Alarm::offset);

  static Difference of(AlarmSet published, AlarmSet candidate) {
    List<Alarm> onlyPublished = without(published, candidate);
    List<Alarm> onlyCandidate = without(candidate, published);
    return new Difference(
        published.all().size(),
        published.alerts(),
        candidate.all().size(),
        candidate.alerts(),
        published.all().size() - onlyPublished.size(),
        candidate.all().size() - onlyCandidate.size(),
        onlyPublished,
        onlyCandidate);
  }

  private static List<Alarm> without(AlarmSet these, AlarmSet those) {
    return these.all().stream().filter(alarm -> !those.has(alarm)).sorted(WORST_FIRST).toList();
  }
}
