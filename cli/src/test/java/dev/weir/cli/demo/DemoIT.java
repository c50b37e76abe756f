package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.TinyHistory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a file: the same way as with the fleet, which {@code .ci/run} shows. */
class DemoIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldReplayAFileAndFindItsLabelledFaults() throws Exception {
    // Given 3000 rows, of which two runs are far from normal and labelled so
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder csv = new StringBuilder("a,b,c,label\n");
    for (int i = 0; i < 3000; i++) {
      boolean fault = (i >= 2000 && i < 2020) || (i >= 2600 && i < 2630);
      double[] row = TinyHistory.row(random);
      row[2] += fault ? 15 : 0;
      csv.append(row[0]).append(',').append(row[1]).append(',').append(row[2]);
      csv.append(fault ? ",1\n" : ",0\n");
    }
    Path file = Files.writeString(folder.resolve("plant.csv"), csv);
    StringWriter out = new StringWriter();

    // When
    try (Demo demo =
        new Demo(
            new DemoOptions(Duration.ofSeconds(6), Optional.of(file), 0),
            new PrintWriter(out, true),
            false)) {
      demo.run();
    }

    // Then
    String printed = out.toString();
    assertThat(printed)
        .contains("plant: 3000 rows of 3 features")
        .contains("labelled anomaly from row 2001")
        .containsPattern("records scored +1,800\n")
        .containsPattern("faults injected +2\n")
        .containsPattern("faults found +2\n")
        .containsPattern("CRITICAL +plant +chance .* that a normal record scores so high")
        .containsPattern("c 1[0-9.]+ where -?[0-9.]+ was expected")
        .containsPattern("record to alert +median \\d+ ms, p99 \\d+ ms");
    Matcher alerts = Pattern.compile("\n +alerts +(\\d+)\n").matcher(printed);
    assertThat(alerts.find()).isTrue();
    assertThat(Integer.parseInt(alerts.group(1))).isGreaterThanOrEqualTo(40);
  }

  @Test
  void shouldEndEarlyIfStopped() throws Exception {
    // Given a demo that is stopped before it has begun
    Path file = TinyHistory.csv(folder.resolve("long.csv"), 3000, 1);
    StringWriter out = new StringWriter();

    // When
    try (Demo demo =
        new Demo(
            new DemoOptions(Duration.ofHours(1), Optional.of(file), 0),
            new PrintWriter(out, true),
            false)) {
      demo.stop();
      demo.run();
    }

    // Then
    assertThat(out.toString()).contains("[2/5]").doesNotContain("[5/5]");
  }
}
