package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One healthy web server. Demand makes requests; requests make work for processor, disk and
 * network; a busy processor makes load and latency; latency keeps connections open. Each metric has
 * a little noise of its own on top, the disk's reads and the errors more than a little.
 */
final class Server {
  private static final double[] SIZES = {0.85, 1, 1.2};
  private static final double CORES = 8;
  private static final double CAPACITY = 600;
  private static final double MOST_BUSY = 0.9;

  private final String host;
  private final RandomGenerator random;
  private final double size;
  private final Duration phase;
  private final double latencyBase;
  private final double memoryBase;
  private final Drift demand;
  private final Drift cacheMisses;
  private final Smoothing load;
  private final Smoothing workingSet;

  Server(String host, RandomGenerator random, Duration step) {
    this.host = host;
    this.random = random;
    this.size = SIZES[random.nextInt(SIZES.length)];
    this.phase = Duration.ofMinutes(random.nextInt(-60, 61));
    this.latencyBase = random.nextDouble(21, 25);
    this.memoryBase = random.nextDouble(37, 41);
    this.demand = new Drift(random, 0.12, Duration.ofMinutes(40), step);
    this.cacheMisses = new Drift(random, 0.1, Duration.ofMinutes(20), step);
    this.load = new Smoothing(Duration.ofMinutes(1), step);
    this.workingSet = new Smoothing(Duration.ofHours(1), step);
  }

  String host() {
    return host;
  }

  /**
   * The row of the next step.
   *
   * @param common what the whole fleet's demand is multiplied by
   */
  MetricRow next(Instant time, double common) {
    double asked = Rhythm.demand(time.plus(phase)) * demand.next() * common;
    // Admission control: the nearer to capacity, the less of what is asked for gets in.
    double used = MOST_BUSY * Math.tanh(asked / MOST_BUSY);

    double requests = CAPACITY * size * used * noise(0.02);
    double user = (3 + 68 * used) * noise(0.025);
    double system = 1 + 0.17 * user * noise(0.04);
    double read = size * (7 + 22 * used) * cacheMisses.next() * noise(0.05);
    double written = size * (6 + 15 * used) * noise(0.06);
    double diskUtil = 100 * (read / (90 * size) + written / (120 * size)) * noise(0.04);
    double iowait = (0.3 + 0.09 * diskUtil) * noise(0.06);
    double busy = (user + system + iowait) / 100;
    double queue = busy * busy / (1.2 - Math.min(1, busy));
    double latency = (latencyBase * (1 + 1.1 * queue) + 0.6 * iowait) * noise(0.05);
    double memory = memoryBase + 30 * workingSet.next(used) + 0.3 * random.nextGaussian();

    Readings row = new Readings();
    row.set(Metric.CPU_USER, user);
    row.set(Metric.CPU_SYSTEM, system);
    row.set(Metric.CPU_IOWAIT, iowait);
    row.set(Metric.LOAD1, load.next(CORES * size * busy * (1 + 0.4 * queue)) * noise(0.04));
    row.set(Metric.MEMORY_USED, memory);
    row.set(Metric.SWAP_USED, 0.08 * memory * noise(0.03));
    row.set(Metric.DISK_READ, read);
    row.set(Metric.DISK_WRITE, written);
    row.set(Metric.DISK_UTIL, diskUtil);
    row.set(Metric.NET_IN, requests * 0.012 * noise(0.03));
    row.set(Metric.NET_OUT, requests * 0.045 * noise(0.03));
    row.set(Metric.REQUESTS, requests);
    row.set(Metric.LATENCY, latency);
    row.set(Metric.ERROR_RATE, (0.08 + 0.3 * Math.pow(busy, 4)) * noise(0.1));
    row.set(
        Metric.CONNECTIONS,
        Math.rint(20 * size + requests * (0.25 + latency / 1000) * noise(0.03)));
    return new MetricRow(time, host, row);
  }

  private double noise(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }
}
