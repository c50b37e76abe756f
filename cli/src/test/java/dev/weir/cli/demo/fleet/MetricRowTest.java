package dev.weir.cli.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricRowTest {
  private static final Instant TIME = Instant.parse("2026-03-04T12:00:00Z");

  @Test
  void shouldWriteFlatJson() {
    Readings readings = new Readings();
    readings.set(Metric.CPU_USER, 41.50004);
    readings.set(Metric.NET_IN, 0.00125);
    readings.set(Metric.CONNECTIONS, 187);

    MetricRow row = new MetricRow(TIME, "web-07", readings);

    assertThat(row.toJson())
        .isEqualTo(
            "{\"time\":\"2026-03-04T12:00:00Z\",\"host\":\"web-07\",\"cpu_user\":41.5,"
                + "\"cpu_system\":0,\"cpu_iowait\":0,\"load1\":0,\"memory_used_pct\":0,"
                + "\"swap_used_pct\":0,\"disk_read_mb\":0,\"disk_write_mb\":0,"
                + "\"disk_util_pct\":0,\"net_in_mb\":0.0013,\"net_out_mb\":0,"
                + "\"requests_per_second\":0,\"request_latency_ms\":0,\"error_rate_pct\":0,"
                + "\"tcp_connections\":187}");
    assertThat(row.toJsonBytes()).isEqualTo(row.toJson().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldClipValuesAndKeepThemToItself() {
    Readings readings = new Readings();
    readings.set(Metric.CPU_USER, 120);
    readings.set(Metric.SWAP_USED, -1);
    MetricRow row = new MetricRow(TIME, "web-07", readings);

    row.values()[0] = 7;
    row.readings().set(Metric.CPU_USER, 7);

    assertThat(row.value(Metric.CPU_USER)).isEqualTo(100);
    assertThat(row.value(Metric.SWAP_USED)).isZero();
    assertThat(row.values()).hasSize(Metric.keys().size());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00004, 0",
    "0.0001, 0.0001",
    "0.05, 0.05",
    "1.10, 1.1",
    "99.99996, 100",
    "-2.5, -2.5",
    "12345678.9, 12345678.9"
  })
  void shouldWriteNumbersInPlainNotation(double value, String text) {
    assertThat(written(value)).isEqualTo(text);
  }

  @Property
  void shouldWriteWhatBigDecimalRoundsTo(@ForAll @DoubleRange(min = 0, max = 1e6) double value) {
    BigDecimal nearest = new BigDecimal(value).setScale(4, RoundingMode.HALF_UP);

    assertThat(new BigDecimal(written(value)).subtract(nearest).abs())
        .isLessThanOrEqualTo(new BigDecimal("0.0001"));
    assertThat(written(value)).matches("\\d+(\\.\\d{0,3}[1-9])?");
  }

  private static String written(double value) {
    StringBuilder out = new StringBuilder();
    FourDecimals.append(out, value);
    return out.toString();
  }
}
