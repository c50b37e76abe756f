package dev.weir.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Schedule schedule = new Schedule(5_000_000_000L, 1000, 4, 3000, 1000, 10);

  @Test
  void shouldIntendEachRecordForItsMoment() {
    assertThat(schedule.intendedNanos(0)).isEqualTo(5_000_000_000L);
    assertThat(schedule.intendedNanos(1)).isEqualTo(5_001_000_000L);
    assertThat(schedule.intendedNanos(2500)).isEqualTo(7_500_000_000L);
  }

  @Test
  void shouldFindTheRecordOfAPlace() {
    for (long record = 0; record < 100; record++) {
      assertThat(schedule.record(schedule.partition(record), schedule.offset(record)))
          .isEqualTo(record);
    }
  }

  @Test
  void shouldSayHowManyRecordsAreMadeAnomalous() {
    long anomalous = 0;
    for (long record = 0; record < schedule.records(); record++) {
      anomalous += schedule.isAnomalous(record) ? 1 : 0;
    }

    assertThat(anomalous).isEqualTo(schedule.anomalies()).isEqualTo(300);
  }

  @Test
  void shouldLeaveOutTheWarmUp() {
    assertThat(schedule.counts(999)).isFalse();
    assertThat(schedule.counts(1000)).isTrue();
  }
}
