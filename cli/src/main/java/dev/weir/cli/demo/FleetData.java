package dev.weir.cli.demo;

import dev.weir.cli.demo.fleet.Fault;
import dev.weir.cli.demo.fleet.FaultPlan;
import dev.weir.cli.demo.fleet.FleetSimulator;
import dev.weir.cli.demo.fleet.Metric;
import dev.weir.cli.demo.fleet.MetricRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A simulated fleet of servers: a week of history, then a stream in which faults are injected.
 *
 * <p>Each second of the stream is 48 simulated minutes, so that half a minute shows a whole day.
 */
final class FleetData implements DemoData {
  private static final long SEED = 20_261_121;
  static final int SERVERS = 24;
  private static final Duration STEP = Duration.ofMinutes(2);
  private static final Duration HISTORY = Duration.ofDays(7);
  private static final int STEPS_PER_SECOND = 24;
  private static final int SECONDS_PER_FAULT = 7;
  private static final int FEWEST_FAULTS = 4;
  private static final Instant START = Instant.parse("2026-03-05T06:00:00Z");

  private final Instant live = START.plus(HISTORY);
  private final Instant end;
  private final FaultPlan plan;
  private final Map<Fault, InjectedFault> injected = new LinkedHashMap<>();
  private final FleetSimulator fleet;

  /** A stream that fits into that time, with a day in half a minute. */
  FleetData(Duration duration) {
    this(
        duration.toSeconds() * STEPS_PER_SECOND,
        (int) Math.min(SERVERS, Math.max(FEWEST_FAULTS, duration.toSeconds() / SECONDS_PER_FAULT)));
  }

  /**
   * A stream of so many rows of each server.
   *
   * @param faultCount how many faults, evenly spread
   */
  FleetData(long steps, int faultCount) {
    end = live.plus(STEP.multipliedBy(steps));
    plan = plan(live, end, faultCount);
    for (Fault fault : plan.faults()) {
      injected.put(
          fault, new InjectedFault(injected.size() + 1, fault.kind().label(), fault.host()));
    }
    fleet = new FleetSimulator(SEED, SERVERS, START, STEP, plan);
  }

  /** A server has one fault in a plan, so that long streams take several plans, one by one. */
  private static FaultPlan plan(Instant from, Instant to, int count) {
    List<String> hosts = FleetSimulator.hostNames(SERVERS);
    List<Fault> all = new ArrayList<>();
    Duration slot = Duration.between(from, to).dividedBy(count);
    for (int done = 0; done < count; done += SERVERS) {
      int these = Math.min(SERVERS, count - done);
      Instant begin = from.plus(slot.multipliedBy(done));
      all.addAll(
          FaultPlan.over(SEED + done, hosts, begin, begin.plus(slot.multipliedBy(these)), these)
              .faults());
    }
    return new FaultPlan(all);
  }

  @Override
  public String description() {
    return "a simulated fleet of "
        + SERVERS
        + " servers with "
        + Metric.values().length
        + " metrics each";
  }

  @Override
  public String topic() {
    return "server-metrics";
  }

  @Override
  public List<String> features() {
    return Metric.keys();
  }

  @Override
  public double falseAlarmRate() {
    return 1e-4;
  }

  @Override
  public Iterator<DemoRecord> history() {
    return until(live);
  }

  @Override
  public Iterator<DemoRecord> stream() {
    return until(end);
  }

  @Override
  public long streamSize() {
    return Duration.between(live, end).dividedBy(STEP) * SERVERS;
  }

  @Override
  public List<InjectedFault> faults() {
    return List.copyOf(injected.values());
  }

  private Iterator<DemoRecord> until(Instant time) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return fleet.time().isBefore(time);
      }

      @Override
      public DemoRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        MetricRow row = fleet.next();
        Optional<InjectedFault> fault = plan.at(row).map(injected::get);
        return new DemoRecord(row.host(), row.toJsonBytes(), fault);
      }
    };
  }
}
