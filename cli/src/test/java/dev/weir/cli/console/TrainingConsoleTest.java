package dev.weir.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.trainer.network.EpochReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrainingConsoleTest {
  private final StringWriter out = new StringWriter();

  @Test
  void shouldSayEpochLossesSpeedAndTimeLeft() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), false);

    // When
    console.epoch(new EpochReport(1, 4, 0.5, 0.25, true, 10_000, Duration.ofSeconds(2)));

    // Then
    assertThat(out.toString())
        .contains("epoch 1/4 [======                  ]")
        .contains("loss 0.5000, validation 0.2500, 5,000 rows/s, 6.0 s left at most")
        .doesNotContain("\r");
  }

  @Test
  @Timeout(10)
  void shouldDrawOverItsBarOnATerminalAndLeaveWarningsStanding() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), true);

    // When
    while (out.toString().isEmpty()) {
      console.batch(1, 4, 5_000, 10_000); // drawn ten times a second at most
    }
    console.warning("careful");

    // Then
    assertThat(out.toString())
        .contains("\r\u001b[K  epoch 1/4 [===   ")
        .endsWith("\r\u001b[K  note: careful" + System.lineSeparator());
  }

  @Test
  void shouldSayThatItStoppedEarlyAndWhichEpochWasBest() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), false);

    // When
    console.epoch(new EpochReport(1, 9, 0.5, 0.25, true, 100, Duration.ofSeconds(1)));
    console.epoch(new EpochReport(2, 9, 0.4, 0.30, false, 100, Duration.ofSeconds(1)));
    console.finish();

    // Then
    assertThat(out.toString())
        .contains("trained 2 epochs (stopped early")
        .contains("best was epoch 1, validation loss 0.2500");
  }
}
