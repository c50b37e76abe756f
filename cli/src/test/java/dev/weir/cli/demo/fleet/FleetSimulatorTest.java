package dev.weir.cli.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FleetSimulatorTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int STEPS_A_DAY = 288;
  private static final int SERVERS = 6;

  @Test
  void shouldGiveTheSameRowsForTheSameSeed() {
    List<String> first = rows(healthy(1), 1_000).map(MetricRow::toJson).toList();
    List<String> again = rows(healthy(1), 1_000).map(MetricRow::toJson).toList();
    List<String> other = rows(healthy(2), 1_000).map(MetricRow::toJson).toList();

    assertThat(again).isEqualTo(first);
    assertThat(other).doesNotContainAnyElementsOf(first);
  }

  @Test
  void shouldGiveOneRowOfEachServerAtEachStep() {
    FleetSimulator fleet = healthy(1);

    List<MetricRow> rows = rows(fleet, 2 * SERVERS).toList();

    assertThat(rows.subList(0, SERVERS))
        .allSatisfy(row -> assertThat(row.time()).isEqualTo(MONDAY))
        .extracting(MetricRow::host)
        .isEqualTo(FleetSimulator.hostNames(SERVERS));
    assertThat(rows.subList(SERVERS, 2 * SERVERS))
        .allSatisfy(row -> assertThat(row.time()).isEqualTo(MONDAY.plus(STEP)));
    assertThat(fleet.time()).isEqualTo(MONDAY.plus(STEP.multipliedBy(2)));
  }

  @Test
  void shouldKeepAServersRowsWhenTheFleetGrows() {
    FleetSimulator small = new FleetSimulator(5, 1, MONDAY, STEP, FaultPlan.none());
    FleetSimulator large = new FleetSimulator(5, 9, MONDAY, STEP, FaultPlan.none());

    assertThat(rows(large, 90).filter(row -> row.host().equals("web-01")).map(MetricRow::toJson))
        .isEqualTo(rows(small, 10).map(MetricRow::toJson).toList());
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void shouldKeepEveryMetricInRangeAndAlive(Metric metric) {
    double[] values =
        rows(healthy(3), 7 * STEPS_A_DAY * SERVERS).mapToDouble(each(metric)).toArray();

    boolean percentage = metric.key().startsWith("cpu_") || metric.key().endsWith("_pct");
    double ceiling = percentage ? 100 : 5_000;
    assertThat(Arrays.stream(values)).allMatch(v -> Double.isFinite(v) && v >= 0 && v <= ceiling);
    assertThat(Statistics.deviation(values)).isPositive();
  }

  @Test
  void shouldStayClearOfTheCeilingsWhileAllIsWell() {
    List<MetricRow> week = rows(healthy(3), 7 * STEPS_A_DAY * SERVERS).toList();

    assertThat(week)
        .allSatisfy(
            row -> {
              assertThat(cpu(row)).isLessThan(100);
              assertThat(row.value(Metric.MEMORY_USED)).isBetween(30.0, 80.0);
              assertThat(row.value(Metric.DISK_READ)).isGreaterThan(0.5);
              assertThat(row.value(Metric.DISK_UTIL)).isLessThan(90);
              assertThat(row.value(Metric.LATENCY)).isBetween(15.0, 150.0);
            });
  }

  @Test
  void shouldHaveADailyRhythm() {
    double[] requests =
        rows(healthy(4), 5 * STEPS_A_DAY * SERVERS)
            .filter(row -> row.host().equals("web-03"))
            .mapToDouble(each(Metric.REQUESTS))
            .toArray();

    assertThat(Statistics.autocorrelation(requests, STEPS_A_DAY)).isGreaterThan(0.6);
    assertThat(Statistics.autocorrelation(requests, STEPS_A_DAY / 2)).isLessThan(-0.3);
  }

  @Test
  void shouldBeQuieterAroundTheWeeksEnd() {
    List<MetricRow> week = rows(healthy(4), 7 * STEPS_A_DAY * SERVERS).toList();

    double wednesday = mean(week, MONDAY.plus(Duration.ofDays(2)));
    double saturdayNoonOn = mean(week, MONDAY.plus(Duration.ofHours(132)));

    assertThat(saturdayNoonOn).isBetween(0.7 * wednesday, 0.95 * wednesday);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTS, CPU_USER",
    "CPU_USER, CPU_SYSTEM",
    "CPU_USER, LOAD1",
    "CPU_USER, LATENCY",
    "REQUESTS, NET_IN",
    "REQUESTS, NET_OUT",
    "REQUESTS, DISK_WRITE",
    "REQUESTS, DISK_READ",
    "DISK_UTIL, CPU_IOWAIT",
    "REQUESTS, CONNECTIONS",
    "REQUESTS, MEMORY_USED",
  })
  void shouldMoveMetricsTogether(Metric cause, Metric effect) {
    List<MetricRow> rows =
        rows(healthy(6), 3 * STEPS_A_DAY * SERVERS)
            .filter(row -> row.host().equals("web-02"))
            .toList();

    double correlation =
        Statistics.correlation(
            rows.stream().mapToDouble(each(cause)).toArray(),
            rows.stream().mapToDouble(each(effect)).toArray());

    assertThat(correlation).isBetween(0.7, 0.9999);
  }

  @Test
  void shouldWanderAsMuchWhateverTheStep() {
    Duration second = Duration.ofSeconds(10);
    FleetSimulator fine = new FleetSimulator(7, 1, MONDAY, second, FaultPlan.none());
    FleetSimulator coarse = new FleetSimulator(7, 1, MONDAY, STEP, FaultPlan.none());
    int days = 7;

    double fineSpread =
        Statistics.deviation(
            rows(fine, days * STEPS_A_DAY * 30).mapToDouble(each(Metric.REQUESTS)).toArray());
    double coarseSpread =
        Statistics.deviation(
            rows(coarse, days * STEPS_A_DAY).mapToDouble(each(Metric.REQUESTS)).toArray());

    assertThat(fineSpread).isBetween(0.8 * coarseSpread, 1.25 * coarseSpread);
  }

  @Test
  void shouldRefuseAnEmptyFleetAndAStandingClock() {
    assertThatThrownBy(() -> FleetSimulator.hostNames(0)).hasMessageContaining("servers is 0");
    assertThatThrownBy(() -> new FleetSimulator(1, 1, MONDAY, Duration.ZERO, FaultPlan.none()))
        .hasMessageContaining("step is PT0S");
  }

  private static FleetSimulator healthy(long seed) {
    return new FleetSimulator(seed, SERVERS, MONDAY, STEP, FaultPlan.none());
  }

  private static Stream<MetricRow> rows(FleetSimulator fleet, int count) {
    return Stream.generate(fleet::next).limit(count);
  }

  private static ToDoubleFunction<MetricRow> each(Metric metric) {
    return row -> row.value(metric);
  }

  private static double cpu(MetricRow row) {
    return row.value(Metric.CPU_USER) + row.value(Metric.CPU_SYSTEM) + row.value(Metric.CPU_IOWAIT);
  }

  private static double mean(List<MetricRow> rows, Instant dayFrom) {
    Instant to = dayFrom.plus(Duration.ofDays(1));
    return rows.stream()
        .filter(row -> !row.time().isBefore(dayFrom) && row.time().isBefore(to))
        .mapToDouble(each(Metric.REQUESTS))
        .average()
        .orElseThrow();
  }
}
