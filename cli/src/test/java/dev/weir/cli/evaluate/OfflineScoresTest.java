package dev.weir.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.weir.cli.TinyHistory;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of windows with a rate, scored on files of several keys. */
final class OfflineScoresTest {
  private static final String HEADER = "t,host,a,b,bytes,label";
  private static final int WINDOW = 3;

  @TempDir private static Path folder;

  private static Bundle bundle;

  @BeforeAll
  static void train() throws IOException {
    bundle = train("bundle");
  }

  private static Bundle train(String name, String... more) throws IOException {
    Path history = write("history.csv", rows(1200, 1, List.of("x", "y", "z")));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name=tiny",
                "source.type=csv",
                "source.files=" + history,
                "source.timeColumn=t",
                "source.keyColumn=host",
                "features.exclude=label",
                "features.columns=[{match: bytes, transforms: [rate]}]",
                "model.window=" + WINDOW,
                "model.hiddenLayers=[8, 2]",
                "model.epochs=3"));
    settings.addAll(List.of(more));
    TrainConfig config = ConfigReader.of(settings, TrainConfig.class);
    return new TrainingRun(config, TrainingProgress.SILENT, Clock.systemUTC())
        .run(folder.resolve(name));
  }

  @Test
  void shouldScoreEachKeyAsIfItWereAlone() throws IOException {
    // Given
    List<String> all = rows(300, 2, List.of("x", "y"));
    Path both = write("both.csv", all);

    // When
    OfflineScores together = score(both, Optional.of("label"));

    // Then
    assertThat(together.warmingUp()).isEqualTo(2 * (WINDOW - 1));
    assertThat(together.scores()).hasSize(all.size() - together.warmingUp());
    for (String host : List.of("x", "y")) {
      List<String> own = all.stream().filter(row -> row.contains("," + host + ",")).toList();
      OfflineScores alone = score(write(host + ".csv", own), Optional.of("label"));
      List<Integer> places = placesOfScored(all, host);
      assertThat(alone.warmingUp()).isEqualTo(WINDOW - 1);
      assertThat(alone.scores()).hasSize(own.size() - (WINDOW - 1)).hasSize(places.size());
      for (int i = 0; i < alone.scores().length; i++) {
        float score = alone.scores()[i];
        // Sums of another batch may be rounded otherwise.
        assertThat(together.scores()[places.get(i)]).isCloseTo(score, withinPercentage(0.01));
        assertThat(together.labels().orElseThrow()[places.get(i)])
            .isEqualTo(alone.labels().orElseThrow()[i]);
      }
    }
  }

  @Test
  void shouldBeginAnewAfterGapsAsTheTrainingDid() throws IOException {
    // Given a model like the other, but for gaps of more than a minute
    Bundle gapped = train("gapped", "features.maxGap=1m");
    assertThat(gapped.manifest().maxGap()).contains(Duration.ofMinutes(1));
    assertThat(bundle.manifest().maxGap()).isEmpty();
    List<String> rows = rows(20, 5, List.of("x"));
    List<String> late = new ArrayList<>(rows.subList(0, 10));
    for (String row : rows.subList(10, 20)) {
      int comma = row.indexOf(',');
      late.add(Long.parseLong(row.substring(0, comma)) + 3_600_000 + row.substring(comma));
    }
    Path file = write("late.csv", late);

    // When
    OfflineScores anew = score(gapped, file, Optional.empty());
    OfflineScores on = score(bundle, file, Optional.empty());

    // Then
    assertThat(anew.warmingUp()).isEqualTo(2 * (WINDOW - 1));
    assertThat(on.warmingUp()).isEqualTo(WINDOW - 1);
    assertThatThrownBy(
            () ->
                OfflineScores.of(
                    train("timeless", "features.maxGap=1m", "features.columns=[]"),
                    new EvaluationData(
                        file.toString(), Optional.empty(), Optional.empty(), Optional.empty())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the model's rows begin anew after a gap (maxGap, 60 s); name the column that says when"
                + " a row happened with --time");
  }

  /** Where a host's rows are among all that have a score. */
  private static List<Integer> placesOfScored(List<String> rows, String wanted) {
    Map<String, Integer> seen = new HashMap<>();
    List<Integer> places = new ArrayList<>();
    int place = 0;
    for (String row : rows) {
      String host = row.split(",", -1)[1];
      if (seen.merge(host, 1, Integer::sum) >= WINDOW) {
        if (host.equals(wanted)) {
          places.add(place);
        }
        place++;
      }
    }
    return places;
  }

  @Test
  void shouldAskForTimesOfRates() throws IOException {
    Path file = write("timeless.csv", rows(20, 3, List.of("x")));
    assertThatThrownBy(
            () ->
                OfflineScores.of(
                    bundle,
                    new EvaluationData(
                        file.toString(), Optional.empty(), Optional.empty(), Optional.empty())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the model's feature 'bytes.rate' is a rate per second; name the column that says when"
                + " a row happened with --time");
  }

  @Test
  void shouldSayThatNoWindowIsFull() throws IOException {
    Path file = write("short.csv", rows(2, 4, List.of("x")));
    assertThatThrownBy(() -> score(file, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no key with 3 rows, which the model looks at together");
  }

  private static OfflineScores score(Path file, Optional<String> label) {
    return score(bundle, file, label);
  }

  private static OfflineScores score(Bundle model, Path file, Optional<String> label) {
    return OfflineScores.of(
        model, new EvaluationData(file.toString(), label, Optional.of("host"), Optional.of("t")));
  }

  /** Rows of hosts in turns that nobody can foresee; time goes on by half a second. */
  private static List<String> rows(int count, long seed, List<String> hosts) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] bytes = new long[hosts.size()];
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int host = random.nextInt(hosts.size());
      bytes[host] += random.nextInt(10_000);
      double[] values = TinyHistory.row(random);
      rows.add(
          String.format(
              Locale.ROOT,
              "%d,%s,%.6f,%.6f,%d,%d",
              i * 500L,
              hosts.get(host),
              values[0],
              values[1],
              bytes[host],
              random.nextInt(2)));
    }
    return rows;
  }

  private static Path write(String name, List<String> rows) throws IOException {
    return Files.writeString(folder.resolve(name), HEADER + "\n" + String.join("\n", rows) + "\n");
  }
}
