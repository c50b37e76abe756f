package dev.weir.cli.demo.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What one server reports at one moment. Immutable; values are finite and within their range. */
public final class MetricRow {
  private static final Metric[] METRICS = Metric.values();

  private final Instant time;
  private final String host;
  private final Readings readings;

  /** Takes the readings over; the caller does not change them any more. */
  MetricRow(Instant time, String host, Readings readings) {
    this.time = time;
    this.host = host;
    this.readings = readings;
  }

  /** When it was measured. */
  public Instant time() {
    return time;
  }

  /** The server's name, such as {@code web-07}. */
  public String host() {
    return host;
  }

  /** The value of one metric. */
  public double value(Metric metric) {
    return readings.get(metric);
  }

  /** A copy of all values, in the order of {@link Metric#keys()}. */
  public double[] values() {
    return readings.toArray();
  }

  /** The readings, to make another row of. */
  Readings readings() {
    return readings.copy();
  }

  /**
   * The row as a flat JSON object: {@code time} (ISO 8601), {@code host}, then each metric under
   * its key, in plain notation with at most four decimals.
   */
  public String toJson() {
    StringBuilder json = new StringBuilder(400);
    json.append("{\"time\":\"").append(time).append("\",\"host\":\"").append(host).append('"');
    for (Metric each : METRICS) {
      json.append(",\"").append(each.key()).append("\":");
      FourDecimals.append(json, readings.get(each));
    }
    return json.append('}').toString();
  }

  /** The bytes of {@link #toJson()}. */
  public byte[] toJsonBytes() {
    return toJson().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
