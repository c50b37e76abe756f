package dev.weir.scorer;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How many records wait to be read, by the consumers' own metrics. */
final class InputLag {
  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG = "records-lag";

  private InputLag() {}

  /** Over all partitions that are read here; empty before the first ones were. */
  static OptionalLong of(Map<MetricName, ? extends Metric> metrics) {
    boolean known = false;
    long lag = 0;
    for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
      MetricName name = metric.getKey();
      if (name.name().equals(LAG)
          && name.group().equals(GROUP)
          && metric.getValue().metricValue() instanceof Double value
          && !value.isNaN()) {
        known = true;
        lag += value.longValue();
      }
    }
    return known ? OptionalLong.of(lag) : OptionalLong.empty();
  }
}
