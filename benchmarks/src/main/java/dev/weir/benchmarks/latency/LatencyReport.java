package dev.weir.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Delays as a table and as JSON. */
final class LatencyReport {
  private final LatencyShape shape;
  private final PrintWriter out;

  LatencyReport(LatencyShape shape, PrintWriter out) {
    this.shape = shape;
    this.out = out;
  }

  void begin() {
    out.printf(
        Locale.ROOT,
        "Avro records of %d float fields, autoencoder %1$d-64-32-8-32-64-%1$d, %d partitions,"
            + " %d stream threads, %d cores;%n"
            + "%d s each after %d s that do not count; exactly-once commits every %d ms,"
            + " at-least-once publishes at once%n%n",
        shape.features(),
        shape.partitions(),
        shape.threads(),
        Runtime.getRuntime().availableProcessors(),
        shape.duration().toSeconds(),
        shape.warmUp().toSeconds(),
        shape.commitInterval().toMillis());
    out.println(
        "records/s  guarantee       alerts  p50 ms   p99 ms  p99.9 ms   max ms  sent late p99 ms");
    out.flush();
  }

  void line(LatencyResult result) {
    Histogram delays = result.delays();
    out.printf(
        Locale.ROOT,
        "%,9d  %-13s %,8d %7.1f %8.1f %9s %8.1f %17.1f%n",
        result.rate(),
        result.guarantee().key().replace('_', ' '),
        delays.getTotalCount(),
        Delays.millis(delays, 50),
        Delays.millis(delays, 99),
        result.hasP999()
            ? String.format(Locale.ROOT, "%.1f", Delays.millis(delays, 99.9))
            : "too few",
        Delays.longestMillis(delays),
        result.lateP99());
    if (!result.keptSchedule()) {
      out.printf(
          Locale.ROOT,
          "           void: the load generator could not keep its schedule; one send in a hundred was"
              + " more than %.1f ms late (%.0f ms are allowed). Try it with fewer records a second or"
              + " with more cores%n",
          result.lateP99(),
          LatencyResult.MOST_LATE_MILLIS);
    }
    if (!result.isComplete()) {
      out.printf(
          Locale.ROOT,
          "           void: %,d alerts had not come when the waiting was over; the scorer does not"
              + " keep up with this rate%n",
          result.missing());
    }
    out.flush();
  }

  /** The figures; those of a run that is void are null. */
  String end(List<LatencyResult> results) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    long commitMillis = shape.commitInterval().toMillis();
    out.println();
    for (LatencyResult result : results) {
      String stem = "latency_%d_%s".formatted(result.rate(), result.guarantee().key());
      json.put(stem + "_valid", result.isValid());
      json.put(stem + "_alerts", result.delays().getTotalCount());
      json.put(stem + "_missing_alerts", result.missing());
      json.put(stem + "_sent_late_p99_ms", result.lateP99());
      put(json, result, stem + "_p50_ms", Delays.millis(result.delays(), 50));
      put(json, result, stem + "_p99_ms", Delays.millis(result.delays(), 99));
      if (result.hasP999()) {
        put(json, result, stem + "_p999_ms", Delays.millis(result.delays(), 99.9));
      } else {
        json.putNull(stem + "_p999_ms");
      }
      put(json, result, stem + "_max_ms", Delays.longestMillis(result.delays()));
      if (result.guarantee() == Guarantee.EXACTLY_ONCE) {
        double beyond = Delays.millis(result.delays(), 99) - commitMillis;
        put(json, result, stem + "_p99_beyond_commit_interval_ms", beyond);
        out.printf(
            Locale.ROOT,
            "%,9d records/s, exactly once: p99 is %s%n",
            result.rate(),
            result.isValid()
                ? String.format(Locale.ROOT, "%.1f ms beyond the commit interval", beyond)
                : "void");
      }
    }
    json.put("commit_interval_ms", commitMillis);
    json.put("seconds", shape.duration().toSeconds());
    json.put("features", shape.features());
    json.put("partitions", shape.partitions());
    json.put("threads", shape.threads());
    json.put("cores", Runtime.getRuntime().availableProcessors());
    return json.toPrettyString() + "\n";
  }

  private static void put(ObjectNode json, LatencyResult result, String key, double millis) {
    if (result.isValid()) {
      json.put(key, millis);
    } else {
      json.putNull(key);
    }
  }
}
