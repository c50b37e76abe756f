package dev.weir.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.trainer.network.CandidateReport;
import dev.weir.trainer.network.EpochReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
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

  @Test
  void shouldDrawCandidatesOverWhatItDrewBeforeOnATerminal() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), true);

    // When
    console.candidates(
        List.of(
            candidate("pca", CandidateState.FITTING, null, false),
            candidate("som", CandidateState.WAITING, null, false)));
    console.candidates(
        List.of(
            candidate("pca", CandidateState.JUDGED, 0.9123, true),
            candidate("som", CandidateState.FITTING, null, false)));

    // Then the second table begins three lines higher
    String up = "\r\u001b[3A\u001b[J";
    assertThat(out.toString()).startsWith("\r\u001b[J    model").contains(up + "    model");
    String last = out.toString().substring(out.toString().indexOf(up) + up.length());
    assertThat(last.lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("  \\* pca +2\\.0 s  0\\.9123"))
        .anyMatch(line -> line.matches("    som +…"));
  }

  @Test
  void shouldNotDrawCandidatesOverWhatWasSaidBetween() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), true);
    List<CandidateReport> candidates =
        List.of(candidate("pca", CandidateState.FAILED, null, false));

    // When
    console.candidates(candidates);
    console.warning("careful");
    console.candidates(candidates);

    // Then
    assertThat(out.toString()).doesNotContain("A\u001b[J").containsOnlyOnce("careful");
  }

  @Test
  void shouldSayACandidateOnceElsewhere() {
    // Given
    TrainingConsole console = new TrainingConsole(new PrintWriter(out), false);
    CandidateReport pca = candidate("pca", CandidateState.JUDGED, 0.9123, true);

    // When
    console.candidates(List.of(pca, candidate("som", CandidateState.FITTING, null, false)));
    console.candidates(List.of(pca, candidate("som", CandidateState.FAILED, null, false)));
    console.candidates(List.of(pca, candidate("som", CandidateState.FAILED, null, false)));

    // Then
    assertThat(out.toString().lines())
        .containsExactly(
            "  1/2 pca: 0.9123 in 2.0 s, the best so far", "  2/2 som: failed in 2.0 s");
  }

  private static CandidateReport candidate(
      String name, CandidateState state, Double value, boolean chosen) {
    return new CandidateReport(
        new CandidateSummary(name, state, value, chosen, null), Duration.ofSeconds(2));
  }
}
