package dev.weir.cli.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration WINDOW = Duration.ofMinutes(60);
  private static final int SERVERS = 3;
  private static final int STEPS = 120;

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void shouldChangeItsWindowOnItsServerAndNothingElse(FaultKind kind) {
    // Given
    Fault fault = fault(kind);
    List<MetricRow> healthy = rows(FaultPlan.none());

    // When
    List<MetricRow> faulty = rows(new FaultPlan(List.of(fault)));

    // Then
    int changed = 0;
    for (int i = 0; i < healthy.size(); i++) {
      MetricRow before = healthy.get(i);
      MetricRow after = faulty.get(i);
      if (before.host().equals("web-02")
          && !before.time().isBefore(fault.start())
          && before.time().isBefore(fault.end())) {
        changed++;
      } else {
        assertThat(after.values()).isEqualTo(before.values());
      }
    }
    assertThat(changed).isEqualTo(60);
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void shouldLeaveTheMetricsAloneThatItDoesNotConcern(FaultKind kind) {
    List<MetricRow> healthy = rows(FaultPlan.none());
    List<MetricRow> faulty = rows(new FaultPlan(List.of(fault(kind))));

    Set<Metric> moved = EnumSet.noneOf(Metric.class);
    for (int i = 0; i < healthy.size(); i++) {
      for (Metric each : Metric.values()) {
        double value = faulty.get(i).value(each);
        assertThat(each.clip(value)).isEqualTo(value);
        if (value != healthy.get(i).value(each)) {
          moved.add(each);
        }
      }
    }

    assertThat(moved).isEqualTo(concernedBy(kind));
  }

  @Test
  void shouldFillMemoryThenSwapWithALeak() {
    List<MetricRow> window = window(FaultKind.MEMORY_LEAK);
    List<MetricRow> healthy = window(null);
    MetricRow early = window.get(15);
    MetricRow late = window.get(58);

    assertThat(early.value(Metric.MEMORY_USED))
        .isGreaterThan(healthy.get(15).value(Metric.MEMORY_USED) + 3);
    assertThat(early.value(Metric.SWAP_USED)).isEqualTo(healthy.get(15).value(Metric.SWAP_USED));
    assertThat(late.value(Metric.MEMORY_USED)).isGreaterThan(94);
    assertThat(late.value(Metric.SWAP_USED)).isGreaterThan(30);
    assertThat(late.value(Metric.LATENCY)).isGreaterThan(2 * healthy.get(58).value(Metric.LATENCY));
  }

  @Test
  void shouldStarveRequestsAndPileUpLoadInAStall() {
    MetricRow stalled = window(FaultKind.CPU_STALL).get(30);
    MetricRow healthy = window(null).get(30);

    assertThat(ratio(Metric.CPU_USER, stalled, healthy)).isLessThan(0.3);
    assertThat(ratio(Metric.REQUESTS, stalled, healthy)).isLessThan(0.5);
    assertThat(ratio(Metric.LOAD1, stalled, healthy)).isGreaterThan(2);
    assertThat(ratio(Metric.LATENCY, stalled, healthy)).isGreaterThan(2);
    assertThat(stalled.value(Metric.CPU_IOWAIT)).isGreaterThan(40);
    assertThat(
            stalled.value(Metric.CPU_USER)
                + stalled.value(Metric.CPU_SYSTEM)
                + stalled.value(Metric.CPU_IOWAIT))
        .isLessThan(100);
  }

  @Test
  void shouldStopTheDiskEntirelyWhenItFallsSilent() {
    List<MetricRow> healthy = window(null);
    List<MetricRow> silent = window(FaultKind.SILENT_DISK);

    for (int i = 0; i < silent.size(); i++) {
      assertThat(silent.get(i).value(Metric.DISK_READ)).isZero();
      assertThat(silent.get(i).value(Metric.DISK_WRITE)).isZero();
      assertThat(ratio(Metric.CPU_IOWAIT, silent.get(i), healthy.get(i))).isLessThan(0.2);
      assertThat(ratio(Metric.REQUESTS, silent.get(i), healthy.get(i))).isEqualTo(1);
    }
  }

  @Test
  void shouldBreakTheTieOfTrafficAndWorkWhenTrafficDrops() {
    MetricRow dropped = window(FaultKind.TRAFFIC_DROP).get(30);
    MetricRow healthy = window(null).get(30);

    for (Metric each :
        List.of(Metric.REQUESTS, Metric.NET_IN, Metric.NET_OUT, Metric.CONNECTIONS)) {
      assertThat(ratio(each, dropped, healthy)).isBetween(0.24, 0.26);
    }
    assertThat(ratio(Metric.CPU_USER, dropped, healthy)).isEqualTo(1);
  }

  @Test
  void shouldHaveALabelAPersonCanRead() {
    assertThat(FaultKind.MEMORY_LEAK.label()).isEqualTo("memory leak");
  }

  @Test
  void shouldRefuseAnEmptyWindow() {
    assertThatThrownBy(() -> new Fault(FaultKind.CPU_STALL, "web-01", NOON, Duration.ZERO))
        .hasMessageContaining("duration is PT0S");
  }

  private static Set<Metric> concernedBy(FaultKind kind) {
    return switch (kind) {
      case MEMORY_LEAK -> EnumSet.of(Metric.MEMORY_USED, Metric.SWAP_USED, Metric.LATENCY);
      case CPU_STALL ->
          EnumSet.of(
              Metric.CPU_USER,
              Metric.CPU_SYSTEM,
              Metric.CPU_IOWAIT,
              Metric.LOAD1,
              Metric.REQUESTS,
              Metric.NET_IN,
              Metric.NET_OUT,
              Metric.LATENCY,
              Metric.ERROR_RATE);
      case SILENT_DISK ->
          EnumSet.of(Metric.DISK_READ, Metric.DISK_WRITE, Metric.DISK_UTIL, Metric.CPU_IOWAIT);
      case TRAFFIC_DROP ->
          EnumSet.of(Metric.REQUESTS, Metric.NET_IN, Metric.NET_OUT, Metric.CONNECTIONS);
    };
  }

  private static Fault fault(FaultKind kind) {
    return new Fault(kind, "web-02", NOON.plus(Duration.ofMinutes(30)), WINDOW);
  }

  /** The rows in the window of a fault of this kind, or of none. */
  private static List<MetricRow> window(FaultKind kind) {
    Fault fault = fault(FaultKind.CPU_STALL);
    FaultPlan plan = kind == null ? FaultPlan.none() : new FaultPlan(List.of(fault(kind)));
    return rows(plan).stream().filter(row -> fault.covers(row.host(), row.time())).toList();
  }

  private static List<MetricRow> rows(FaultPlan plan) {
    FleetSimulator fleet = new FleetSimulator(11, SERVERS, NOON, STEP, plan);
    List<MetricRow> rows = new ArrayList<>();
    for (int i = 0; i < STEPS * SERVERS; i++) {
      rows.add(fleet.next());
    }
    return rows;
  }

  private static double ratio(Metric metric, MetricRow row, MetricRow to) {
    return row.value(metric) / to.value(metric);
  }
}
