package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An endless stream of what a fleet of servers reports: at each step of simulated time one row of
 * each server, in the order of their names. The servers share a daily and weekly rhythm and a
 * little of their chance; each has its own size, habits and noise.
 *
 * <p>The same arguments give the same rows. A fault changes the rows in its window and no others,
 * so two simulators that differ in their plans alone can be compared row by row. Not thread-safe.
 */
public final class FleetSimulator {
  private static final double COMMON_SPREAD = 0.05;
  private static final Duration COMMON_MEMORY = Duration.ofHours(1);

  private final Duration step;
  private final FaultPlan plan;
  private final Drift common;
  private final List<Server> servers;
  private Instant time;
  private double demand;
  private int turn;

  /**
   * @param servers how many, at least 1
   * @param start the time of the first rows
   * @param step the time between two rows of a server; simulated, so it says nothing about how fast
   *     rows are made
   * @param plan the faults, by hosts as in {@link #hostNames(int)}
   */
  public FleetSimulator(long seed, int servers, Instant start, Duration step, FaultPlan plan) {
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("step is " + step + ", must be at least 1 ms");
    }
    SplittableRandom random = new SplittableRandom(seed);
    this.step = step;
    this.plan = plan;
    this.time = start;
    this.common = new Drift(random.split(), COMMON_SPREAD, COMMON_MEMORY, step);
    this.servers =
        hostNames(servers).stream().map(host -> new Server(host, random.split(), step)).toList();
  }

  /**
   * The names of a fleet's servers: {@code web-01}, {@code web-02}, …
   *
   * @param servers how many, at least 1
   */
  public static List<String> hostNames(int servers) {
    if (servers < 1) {
      throw new IllegalArgumentException("servers is " + servers + ", must be at least 1");
    }
    return IntStream.rangeClosed(1, servers).mapToObj("web-%02d"::formatted).toList();
  }

  /** The time of the row that {@link #next()} will give. */
  public Instant time() {
    return time;
  }

  /** The next row, with the plan's faults in it. */
  public MetricRow next() {
    if (turn == 0) {
      demand = common.next();
    }
    MetricRow healthy = servers.get(turn).next(time, demand);
    turn = (turn + 1) % servers.size();
    if (turn == 0) {
      time = time.plus(step);
    }
    return plan.at(healthy).map(fault -> fault.distort(healthy)).orElse(healthy);
  }
}
