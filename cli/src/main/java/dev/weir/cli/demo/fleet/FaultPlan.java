package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Which faults are injected when: the demo's ground truth. */
public final class FaultPlan {
  private static final FaultPlan NONE = new FaultPlan(List.of());
  private static final double EARLIEST = 0.2;
  private static final double LATEST = 0.35;
  private static final double LENGTH = 0.5;

  private final List<Fault> faults;

  /** A day's stream has thousands, and each row asks: by server, in the order of their starts. */
  private final Map<String, NavigableMap<Instant, Fault>> ofServers = new HashMap<>();

  /**
   * A plan of these faults.
   *
   * @param faults in the order of their starts; no two at the same time on the same server
   */
  public FaultPlan(List<Fault> faults) {
    this.faults = List.copyOf(faults);
    for (Fault each : faults) {
      ofServers.computeIfAbsent(each.host(), unused -> new TreeMap<>()).put(each.start(), each);
    }
  }

  /** In the order of their starts. */
  public List<Fault> faults() {
    return faults;
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return NONE;
  }

  /**
   * Spreads faults evenly over a stretch of time. The stretch is cut into {@code count} equal
   * slots; each has one fault in its middle half, so that no two overlap and each has quiet rows
   * before and after it. Kinds take turns in a random order: all are used before one comes again.
   *
   * @param seed the same arguments give the same plan
   * @param hosts the servers; each has one fault at most
   * @param from the first moment of the stretch
   * @param to the first moment after it; at least {@code count} seconds later
   * @param count how many faults, 0 to the number of hosts
   */
  public static FaultPlan over(long seed, List<String> hosts, Instant from, Instant to, int count) {
    if (count < 0 || count > hosts.size()) {
      throw new IllegalArgumentException(
          "count is %d, must be 0 to %d, the number of hosts".formatted(count, hosts.size()));
    }
    if (count == 0) {
      return NONE;
    }
    Duration slot = Duration.between(from, to).dividedBy(count);
    if (slot.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "%s to %s is too short for %d faults".formatted(from, to, count));
    }
    Random random = new Random(seed);
    List<String> victims = new ArrayList<>(hosts);
    Collections.shuffle(victims, random);
    List<FaultKind> kinds = kinds(count, random);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double offset = EARLIEST + (LATEST - EARLIEST) * random.nextDouble();
      Instant start = from.plus(slot.multipliedBy(i)).plus(part(slot, offset));
      faults.add(new Fault(kinds.get(i), victims.get(i), start, part(slot, LENGTH)));
    }
    return new FaultPlan(faults);
  }

  /** The fault that a row's server has at the row's time. */
  public Optional<Fault> at(MetricRow row) {
    return at(row.host(), row.time());
  }

  /** The fault that a server has at this time. */
  public Optional<Fault> at(String host, Instant time) {
    return Optional.ofNullable(ofServers.get(host))
        .map(those -> those.floorEntry(time))
        .map(Map.Entry::getValue)
        .filter(fault -> fault.covers(host, time));
  }

  private static List<FaultKind> kinds(int count, Random random) {
    List<FaultKind> kinds = new ArrayList<>();
    while (kinds.size() < count) {
      List<FaultKind> round = new ArrayList<>(List.of(FaultKind.values()));
      Collections.shuffle(round, random);
      kinds.addAll(round);
    }
    return kinds;
  }

  private static Duration part(Duration whole, double share) {
    return Duration.ofMillis((long) (whole.toMillis() * share));
  }
}
