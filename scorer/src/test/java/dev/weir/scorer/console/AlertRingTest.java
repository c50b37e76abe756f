package dev.weir.scorer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlertRingTest {
  private final AlertRing ring = new AlertRing(3);

  @Test
  void shouldGiveWhatCameSince() {
    add(2);

    assertThat(ring.since(0).alerts()).extracting(KeptAlert::offset).containsExactly(0L, 1L);
    assertThat(ring.since(1).alerts()).extracting(KeptAlert::offset).containsExactly(1L);
    assertThat(ring.since(2).alerts()).isEmpty();
    assertThat(ring.since(2).next()).isEqualTo(2);
  }

  @Test
  void shouldForgetTheOldest() {
    add(5);

    assertThat(ring.since(0).from()).isEqualTo(2);
    assertThat(ring.since(0).alerts()).extracting(KeptAlert::offset).containsExactly(2L, 3L, 4L);
    assertThat(ring.since(0).next()).isEqualTo(5);
  }

  @Test
  void shouldBearNumbersThatItNeverGave() {
    add(1);

    assertThat(ring.since(-7).alerts()).hasSize(1);
    assertThat(ring.since(99)).isEqualTo(new AlertRing.Stretch(1, List.of()));
  }

  private void add(int alerts) {
    for (int i = 0; i < alerts; i++) {
      ring.add(SampleAlerts.kept(i));
    }
  }
}
