package dev.weir.cli.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Instant FROM = Instant.parse("2026-03-04T12:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofHours(24));
  private static final List<String> HOSTS = FleetSimulator.hostNames(12);

  @Property(tries = 200)
  void shouldSpreadFaultsWithoutOverlapOverDifferingServers(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    List<Fault> faults = FaultPlan.over(seed, HOSTS, FROM, TO, count).faults();

    assertThat(faults).hasSize(count);
    assertThat(faults).extracting(Fault::host).doesNotHaveDuplicates().isSubsetOf(HOSTS);
    for (int i = 0; i < count; i++) {
      Instant slot = FROM.plus(Duration.between(FROM, TO).dividedBy(count).multipliedBy(i));
      Instant slotEnd = slot.plus(Duration.between(FROM, TO).dividedBy(count));
      assertThat(faults.get(i).start()).isAfter(slot);
      assertThat(faults.get(i).end()).isBefore(slotEnd);
    }
  }

  @Property(tries = 50)
  void shouldUseEveryKindBeforeOneComesAgain(@ForAll long seed) {
    List<FaultKind> kinds =
        FaultPlan.over(seed, HOSTS, FROM, TO, 8).faults().stream().map(Fault::kind).toList();

    assertThat(kinds.subList(0, 4)).containsExactlyInAnyOrder(FaultKind.values());
    assertThat(kinds.subList(4, 8)).containsExactlyInAnyOrder(FaultKind.values());
  }

  @Test
  void shouldGiveTheSamePlanForTheSameSeed() {
    FaultPlan plan = FaultPlan.over(1, HOSTS, FROM, TO, 4);

    assertThat(FaultPlan.over(1, HOSTS, FROM, TO, 4).faults()).isEqualTo(plan.faults());
    assertThat(FaultPlan.over(2, HOSTS, FROM, TO, 4).faults()).isNotEqualTo(plan.faults());
  }

  @Test
  void shouldTellTheTruthAboutEachRow() {
    // Given
    FaultPlan plan = FaultPlan.over(1, HOSTS, FROM, TO, 4);
    Fault fault = plan.faults().get(2);

    // Then
    assertThat(plan.at(fault.host(), fault.start())).contains(fault);
    assertThat(plan.at(fault.host(), fault.end().minusMillis(1))).contains(fault);
    assertThat(plan.at(fault.host(), fault.end())).isEmpty();
    assertThat(plan.at(fault.host(), fault.start().minusMillis(1))).isEmpty();
    assertThat(plan.at("web-99", fault.start())).isEmpty();
    assertThat(FaultPlan.none().at(fault.host(), fault.start())).isEmpty();
  }

  @Test
  void shouldRefuseMoreFaultsThanServersAndTooShortAStretch() {
    assertThatThrownBy(() -> FaultPlan.over(1, HOSTS, FROM, TO, 13))
        .hasMessageContaining("count is 13, must be 0 to 12");
    assertThatThrownBy(() -> FaultPlan.over(1, HOSTS, FROM, FROM.plusSeconds(2), 4))
        .hasMessageContaining("too short for 4 faults");
    assertThat(FaultPlan.over(1, HOSTS, FROM, TO, 0).faults()).isEmpty();
  }
}
