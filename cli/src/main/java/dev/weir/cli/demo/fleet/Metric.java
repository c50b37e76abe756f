package dev.weir.cli.demo.fleet;

import java.util.Arrays;
import java.util.List;

/** What a server reports in each row, in the order of a row's values. */
public enum Metric {
  /** Percent of all cores in user code. */
  CPU_USER("cpu_user", 100),
  /** Percent of all cores in the kernel. */
  CPU_SYSTEM("cpu_system", 100),
  /** Percent of all cores idle while a disk request is under way. */
  CPU_IOWAIT("cpu_iowait", 100),
  /** Tasks that run or wait, averaged over a minute. */
  LOAD1("load1", Double.MAX_VALUE),
  /** Percent of physical memory in use, caches left out. */
  MEMORY_USED("memory_used_pct", 100),
  /** Percent of swap space in use. */
  SWAP_USED("swap_used_pct", 100),
  /** Megabytes per second read from disk. */
  DISK_READ("disk_read_mb", Double.MAX_VALUE),
  /** Megabytes per second written to disk. */
  DISK_WRITE("disk_write_mb", Double.MAX_VALUE),
  /** Percent of the time that the disk was busy. */
  DISK_UTIL("disk_util_pct", 100),
  /** Megabytes per second received. */
  NET_IN("net_in_mb", Double.MAX_VALUE),
  /** Megabytes per second sent. */
  NET_OUT("net_out_mb", Double.MAX_VALUE),
  /** Requests answered per second. */
  REQUESTS("requests_per_second", Double.MAX_VALUE),
  /** Mean time to answer a request, in milliseconds. */
  LATENCY("request_latency_ms", Double.MAX_VALUE),
  /** Percent of requests answered with an error. */
  ERROR_RATE("error_rate_pct", 100),
  /** Open connections, a whole number. */
  CONNECTIONS("tcp_connections", Double.MAX_VALUE);

  private static final List<String> KEYS = Arrays.stream(values()).map(Metric::key).toList();

  private final String key;
  private final double ceiling;

  Metric(String key, double ceiling) {
    this.key = key;
    this.ceiling = ceiling;
  }

  /** The field's name in a JSON row. */
  public String key() {
    return key;
  }

  /** The keys of all metrics, in the order of a row's values. */
  public static List<String> keys() {
    return KEYS;
  }

  /** The nearest value that the metric can have: nothing is negative, no percentage is over 100. */
  double clip(double value) {
    return Math.max(0, Math.min(ceiling, value));
  }
}
