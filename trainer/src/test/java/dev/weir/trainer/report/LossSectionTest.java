package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.trainer.network.EpochReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LossSectionTest {

  @Test
  void shouldSayWhatTheLossIs() {
    assertThat(section("vae", 0.5))
        .contains("\"title\":\"loss (−ELBO)\",\"log\":true")
        .contains("the negative evidence lower bound (ELBO), for each value");
    assertThat(section("som", 0.5)).contains("\"title\":\"quantisation error\",\"log\":true");
    assertThat(section("gru-autoencoder", 0.5))
        .contains("\"title\":\"loss (squared error)\",\"log\":true");
  }

  @Test
  void shouldDrawLossBelowZero() {
    // Given a bound above zero, as of a model that gives back its rows all but exactly
    assertThat(section("vae", -0.5)).contains("\"title\":\"loss (−ELBO)\",\"log\":false");
  }

  private static String section(String family, double last) {
    return LossSection.of(
            family,
            List.of(
                new EpochReport(1, 2, 2, 1.5, false, 100, Duration.ofSeconds(1)),
                new EpochReport(2, 2, 1, last, true, 100, Duration.ofSeconds(1))))
        .html();
  }
}
