package dev.weir.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.LabelledSummary;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.ThresholdBasis;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.network.RecordedProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingRunTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

  private final RecordedProgress progress = new RecordedProgress();

  @TempDir private Path folder;
  private Path csv;
  private Path target;

  @BeforeEach
  void writeHistory() throws IOException {
    csv = folder.resolve("history.csv");
    target = folder.resolve("models/web");
    write(new Manifold(8).rows(1200), "5");
  }

  @Test
  void shouldWriteBundleThatOpens() throws IOException {
    // When
    Bundle bundle = train(NOW);

    // Then
    Manifest manifest = Bundle.open(target).manifest();
    assertThat(bundle.manifest()).isEqualTo(manifest);
    assertThat(manifest.name()).isEqualTo("web");
    assertThat(manifest.version()).isEqualTo(manifest.modelSha256().substring(0, 12));
    assertThat(manifest.family()).isEqualTo("autoencoder");
    assertThat(manifest.features().names())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "same");
    assertThat(manifest.distributions())
        .extracting(FeatureDistribution::feature)
        .isEqualTo(manifest.features().names());
    assertThat(manifest.distributions())
        .allSatisfy(
            each ->
                assertThat(each.counts().stream().mapToLong(n -> n).sum() + each.missing())
                    .isEqualTo(840));
    assertThat(manifest.provenance().createdAt()).isEqualTo(NOW);
    assertThat(manifest.provenance().trainingRows()).isEqualTo(840);
    assertThat(manifest.provenance().validationRows()).isEqualTo(180);
    assertThat(manifest.provenance().calibrationRows()).isEqualTo(180);
    assertThat(manifest.provenance().hyperparameters()).containsEntry("epochs", 4);
    assertThat(manifest.provenance().libraries()).containsKeys("djl", "pytorch", "onnxruntime");
    assertThat(manifest.calibration().sampleSize()).isEqualTo(180);
    assertThat(manifest.threshold().falseAlarmRate()).isEqualTo(0.01);
    assertThat(manifest.calibration().exceedance(manifest.threshold().score()))
        .isCloseTo(0.01, within(1e-9));
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void shouldSayWhatItDoesAndWarnOfConstantColumn() {
    // When
    train(NOW);

    // Then
    assertThat(progress.steps())
        .contains(
            "1,200 rows of 9 features from "
                + csv
                + ": 840 to train, 180 to validate, 180 to calibrate",
            "calibrating on 180 rows");
    assertThat(progress.steps()).anyMatch(step -> step.startsWith("the exported graph scores as"));
    assertThat(progress.epochs()).hasSize(4);
    assertThat(progress.warnings())
        .singleElement()
        .asString()
        .contains("constant in the training part", "'same' (5.0)", "features.exclude");
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoencoder", "pca", "vae", "som", "gru-autoencoder", "ensemble"})
  void shouldRefuseHistoryInWhichNothingChanges(String family) throws IOException {
    // Given
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 300; i++) {
      text.append("1,").append(i < 250 ? 2 : i).append('\n');
    }
    Files.writeString(csv, text);
    TrainConfig config =
        ConfigReader.of(
            List.of("name=web", "source.type=csv", "source.files=" + csv, "model.family=" + family),
            TrainConfig.class);

    // When / Then
    assertThatThrownBy(() -> new TrainingRun(config, progress, Clock.systemUTC()).run(target))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("there is nothing to learn from " + csv);
    assertThat(target).doesNotExist();
  }

  @Test
  void shouldWriteReportThatNeedsNothingElse() throws IOException {
    // When
    Bundle bundle = train(NOW);

    // Then
    String report = Files.readString(bundle.reportFile());
    assertThat(report)
        .startsWith("<!doctype html>")
        .contains(">same</th>")
        .contains("<td data-label='explained'>constant</td>")
        .contains(bundle.manifest().modelSha256())
        .contains("default-src 'none'")
        .doesNotContain("{{")
        .doesNotContain("NaN,")
        .doesNotContain("sourceMappingURL");
    assertThat(report.length()).isLessThan(400_000);
    // Nothing outside of the scripts names another file, and the scripts name it in comments only.
    String markup = report.replaceAll("(?s)<script>.*?</script>", "");
    assertThat(markup)
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("<link")
        .doesNotContainPattern("href='[^#]");
    assertThat(markup.split("<canvas>", -1)).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void shouldKeepWhatTheTrainingShowedInManifest() throws IOException {
    // Given a time for each row, a minute apart
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.set(0, "t," + lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, NOW.plusSeconds(60L * i) + "," + lines.get(i));
    }
    Files.write(csv, lines);

    // When
    train(NOW, "source.timeColumn=t");

    // Then
    TrainingSummary training = Bundle.open(target).manifest().training();
    assertThat(training.origin()).isEqualTo(csv.toString());
    assertThat(training.rows()).isEqualTo(1200);
    assertThat(training.from()).isEqualTo(NOW.plusSeconds(60));
    assertThat(training.to()).isEqualTo(NOW.plusSeconds(72_000));
    assertThat(training.rowsPerDay()).isCloseTo(1440, within(1e-6));
    assertThat(training.alertsPerDay(0.01)).isCloseTo(14.4, within(1e-6));
    assertThat(training.features()).hasSize(9);
    assertThat(training.features().get(8).determination()).isNull();
    assertThat(training.features().get(0).determination()).isBetween(0.0, 1.0);
    assertThat(training.highestRows()).hasSize(12);
    assertThat(training.highestRows().get(0).score())
        .isGreaterThanOrEqualTo(training.highestRows().get(1).score());
    assertThat(training.highestRows().get(0).time())
        .isEqualTo(NOW.plusSeconds(60L * training.highestRows().get(0).row()));
    assertThat(training.tailFit().excesses()).isPositive();
    assertThat(training.warnings()).isEqualTo(progress.warnings());
    assertThat(training.evaluation()).isNull();
  }

  @Test
  void shouldMeasureModelOnLabelledFile() throws IOException {
    // Given rows on the manifold, and among them a run of thirty rows off it
    Manifold manifold = new Manifold(9);
    Rows normal = manifold.rows(400);
    Rows odd = manifold.rowsOffManifold(30);
    List<String> lines =
        new ArrayList<>(List.of(String.join(",", Manifold.NAMES) + ",same,broken"));
    for (int i = 0; i < 430; i++) {
      boolean broken = i >= 200 && i < 230;
      int row = i < 200 ? i : broken ? i - 200 : i - 30;
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < Manifold.WIDTH; j++) {
        line.append((broken ? odd : normal).at(row, j)).append(',');
      }
      lines.add(line + "5," + (broken ? 1 : 0));
    }
    Path labelled = Files.write(folder.resolve("labelled.csv"), lines);

    // When
    Bundle bundle =
        train(NOW, "model.epochs=30", "labelled.files=" + labelled, "labelled.column=broken");

    // Then
    LabelledSummary evaluation = bundle.manifest().training().evaluation();
    assertThat(evaluation.rows()).isEqualTo(430);
    assertThat(evaluation.anomalies()).isEqualTo(30);
    assertThat(evaluation.aucPr()).isBetween(0.5, 1.0);
    assertThat(evaluation.ranges()).isEqualTo(1);
    assertThat(evaluation.falseAlarmsPerDay()).isNull();
    assertThat(Files.readString(bundle.reportFile()))
        .contains("On labelled rows")
        .contains("430 rows, of which 30 are anomalous");
    assertThatThrownBy(() -> train(NOW, "labelled.files=" + labelled, "labelled.column=a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("the label column 'a' is a feature of the model, too");
  }

  @Test
  void shouldEscapeNamesInReport() throws IOException {
    // Given
    Files.writeString(
        csv,
        Files.readString(csv)
            .replace("same", "\"</script><b>&'größe' {{sections}}</b>\"")
            .replace("\r", ""));

    // When
    Bundle bundle = train(NOW);

    // Then
    assertThat(Files.readString(bundle.reportFile()))
        .contains(
            "<th scope='row'>&lt;/script&gt;&lt;b&gt;&amp;&#39;größe&#39;"
                + " {{sections}}&lt;/b&gt;</th>")
        .doesNotContain("</script><b>")
        .doesNotContain("<b>&");
  }

  @Test
  void shouldWriteSameBundleButForItsTime() throws IOException {
    // Given
    Bundle first = train(NOW);
    byte[] model = Files.readAllBytes(first.modelFile());
    String manifest = Files.readString(target.resolve("manifest.json"));
    String report = Files.readString(first.reportFile());

    // When
    Instant later = NOW.plusSeconds(3600);
    Bundle other = train(NOW, "model.seed=2");
    Bundle again = train(later);

    // Then
    assertThat(other.manifest().modelSha256()).isNotEqualTo(first.manifest().modelSha256());
    assertThat(Files.readAllBytes(again.modelFile())).isEqualTo(model);
    assertThat(Files.readString(target.resolve("manifest.json")))
        .isNotEqualTo(manifest)
        .isEqualTo(manifest.replace(NOW.toString(), later.toString()));
    assertThat(Files.readString(again.reportFile()))
        .isEqualTo(report.replace(NOW.toString(), later.toString()));
  }

  @Test
  void shouldRefuseForeignFolderBeforeItReadsAnything() throws IOException {
    // Given
    Path precious = Files.createDirectories(target).resolve("precious.txt");
    Files.writeString(precious, "keep me");

    // When / Then
    assertThatThrownBy(() -> train(NOW, "source.files=" + folder.resolve("absent.csv")))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining("not overwritten");
    assertThat(progress.steps()).isEmpty();
    assertThat(precious).hasContent("keep me");
  }

  @Test
  void shouldRefusePlaceItCannotWriteToBeforeItReadsAnything() throws IOException {
    // Given a file where the bundle's folder is to be
    Files.writeString(target.getParent(), "a file");

    // When / Then
    assertThatThrownBy(() -> train(NOW))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(target.getParent() + " is not a folder; name another --out");
    assertThat(progress.steps()).isEmpty();
  }

  @Test
  void shouldTellLostPrecisionFromConstantColumn() throws IOException {
    // Given a column that varies by a few units around a thousand million
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.set(0, lines.get(0) + ",big");
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i) + "," + (1_000_000_000 + i * 7919 % 11));
    }
    Files.write(csv, lines);

    // When
    Bundle bundle = train(NOW, "features.exclude=same");

    // Then
    assertThat(progress.warnings())
        .noneMatch(warning -> warning.startsWith("constant"))
        .anyMatch(
            warning ->
                warning.startsWith(
                    "'big' varies by 3.16 around 1.000e+09, which single precision"));
    assertThat(Files.readString(bundle.reportFile())).contains("<li>&#39;big&#39; varies by 3.16");
  }

  @Test
  void shouldKeepWarningsInReport() throws IOException {
    // Given a column of text, a row without a value, and a counter
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.set(0, lines.get(0) + ",host,n");
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i) + ",x," + i);
    }
    lines.add(3, ",".repeat(8) + ",x,");
    Files.write(csv, lines);

    // When
    Bundle bundle = train(NOW);

    // Then
    assertThat(progress.warnings())
        .anyMatch(warning -> warning.contains("left out: host."))
        .anyMatch(
            warning ->
                warning.startsWith(
                    "rows without any value were left out: 1; the first one: " + csv + ", row 3 "))
        .anyMatch(warning -> warning.contains("features.exclude: [n]"));
    String report = Files.readString(bundle.reportFile());
    assertThat(report).contains("<h2>Warnings</h2>");
    progress
        .warnings()
        .forEach(
            warning ->
                assertThat(report).contains("<li>" + warning.replace("'", "&#39;") + "</li>"));
  }

  @Test
  void shouldRefuseColumnThatBeginsAfterTrainingPart() throws IOException {
    // Given a column that has values in the newest rows only
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    for (int i = 1; i < 1000; i++) {
      lines.set(i, lines.get(i).substring(0, lines.get(i).lastIndexOf(',') + 1));
    }
    Files.write(csv, lines);

    // When / Then
    assertThatThrownBy(() -> train(NOW))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'same' of "
                + csv
                + " has no value in the training part; leave it out with features.exclude: [same]");
    assertThat(target).doesNotExist();
  }

  @Test
  void shouldRefuseTooLittleHistory() throws IOException {
    // Given
    Files.write(csv, Files.readAllLines(csv).subList(0, 101));

    // When / Then
    assertThatThrownBy(() -> train(NOW))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("too little history: " + csv + " has 100 usable rows");
    assertThat(target).doesNotExist();
  }

  @Test
  void shouldWarnOfRateThatHistoryCannotShow() {
    // When
    Bundle bundle = train(NOW, "threshold.falseAlarmRate=1e-5", "features.exclude=same");

    // Then
    assertThat(bundle.manifest().threshold().score()).isPositive().isFinite();
    assertThat(progress.warnings())
        .satisfiesExactly(
            early ->
                assertThat(early)
                    .startsWith(
                        "threshold.falseAlarmRate 1.0e-05 is far beyond what 180 calibration rows"),
            late -> assertThat(late).startsWith("no calibration row reaches the threshold"));
  }

  @Test
  void shouldLeaveOutAnomalousHistoryIfAsked() throws IOException {
    // Given
    Rows rows = new Manifold(8).rows(1200);
    float[] values = rows.copy();
    for (int i = 100; i < 110; i++) {
      values[i * rows.width()] += 1000;
    }
    write(Rows.of(values, rows.width()), "5");

    // When
    Bundle bundle = train(NOW, "contamination=auto", "model={epochs: 40, batchSize: 32}");

    // Then
    assertThat(progress.steps())
        .anyMatch(step -> step.matches("leaving out \\d+ rows that look anomalous.*\\(round 1\\)"));
    assertThat(bundle.manifest().provenance().trainingRows()).isBetween(820L, 830L);
  }

  @Test
  void shouldChooseThresholdAsAsked() throws IOException {
    // When
    Bundle bundle = train(NOW, "threshold={quantile: 0.95}");

    // Then
    AlertThreshold threshold = bundle.manifest().threshold();
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.QUANTILE);
    assertThat(threshold.falseAlarmRate()).isCloseTo(0.05, within(0.03));
    assertThat(threshold.interval().low()).isLessThan(0.05);
    assertThat(threshold.interval().high()).isGreaterThan(0.05);
  }

  @Test
  void shouldChooseThresholdByLabelledRows() throws IOException {
    // Given labelled rows, of which every twentieth is far off
    Bundle plain = train(NOW);
    Path labelled = writeLabelled("label", "1");

    // When
    Bundle bundle = train(NOW, "threshold={labels: bestF1}", "labelled.files=" + labelled);

    // Then what is learned is the same, and the threshold tells the rows apart
    assertThat(progress.steps())
        .contains("400 labelled rows, 20 of them anomalous; nothing is fitted on them");
    assertThat(bundle.manifest().modelSha256()).isEqualTo(plain.manifest().modelSha256());
    assertThat(bundle.manifest().calibration()).isEqualTo(plain.manifest().calibration());
    AlertThreshold threshold = bundle.manifest().threshold();
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.LABELS);
    assertThat(threshold.score()).isGreaterThan(10 * plain.manifest().threshold().score());
    assertThat(threshold.falseAlarmRate()).isLessThan(0.01);
  }

  @Test
  void shouldChooseThresholdByLabelledRowsOfWindowsAndKeys() throws IOException {
    // Given a history and labelled rows of two keys in turns, and a column that looks back
    addKeys(csv);
    Path labelled = addKeys(writeLabelled("label", "1"));

    // When
    Bundle bundle =
        train(
            NOW,
            "source.keyColumn=host",
            "features.columns=[{match: a, transforms: [none, difference]}]",
            "model.window=3",
            "threshold={labels: bestF1}",
            "labelled.files=" + labelled);

    // Then two rows of each key are before its first window
    assertThat(progress.steps())
        .contains("396 labelled rows, 20 of them anomalous; nothing is fitted on them");
    assertThat(bundle.manifest().threshold().basis()).isEqualTo(ThresholdBasis.LABELS);
  }

  @Test
  void shouldReadLabelledFilesOfEveryFormat() throws IOException, SQLException {
    // Given
    Path labelled = writeLabelled("label", "1");
    LabelledSummary expected =
        train(NOW, "labelled.files=" + labelled).manifest().training().evaluation();

    for (String name : List.of("labelled.parquet", "labelled.jsonl.gz")) {
      // When
      Path other = folder.resolve(name);
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement()) {
        statement.execute("COPY (FROM '%s') TO '%s'".formatted(labelled, other));
      }
      Bundle bundle = train(NOW, "threshold={labels: bestF1}", "labelled.files=" + other);

      // Then
      LabelledSummary found = bundle.manifest().training().evaluation();
      assertThat(found.origin()).isEqualTo(other.toString());
      assertThat(found.rows()).isEqualTo(400);
      assertThat(found.anomalies()).isEqualTo(20);
      assertThat(found.aucPr()).isEqualTo(expected.aucPr());
      assertThat(bundle.manifest().threshold().basis()).isEqualTo(ThresholdBasis.LABELS);
    }
    assertThatThrownBy(
            () ->
                train(
                    NOW, "labelled.files=[" + folder + "/labelled.csv, " + folder + "/*.parquet]"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("are files of several formats by their names");
  }

  @Test
  void shouldRefuseLabelledFilesThatSayNothing() throws IOException {
    refusesLabelled(writeLabelled("truth", "1"), "has no column 'label'; say which one holds 1");
    refusesLabelled(
        writeLabelled("label", "2"),
        ", row 11 after the header: the label column 'label' must be 0 or 1 in every row");
    refusesLabelled(
        writeLabelled("label", ""), ", row 11 after the header: the label column 'label' must be");
    refusesLabelled(writeLabelled("label", "0"), "there are of one kind only");
    refusesLabelled(writeLabelled("same", "1"), "the label column 'same' is a feature");
    Path partial = writeLabelled("label", "1");
    Files.writeString(partial, Files.readString(partial).replaceFirst("a,b,", "a,x,"));
    refusesLabelled(partial, "has no column 'b'; its columns are: a, x, c");
    assertThat(target).doesNotExist();
  }

  private void refusesLabelled(Path labelled, String message) {
    String column = message.contains("'same'") ? "same" : "label";
    assertThatThrownBy(
            () ->
                train(
                    NOW,
                    "threshold={labels: bestF1}",
                    "labelled={files: '" + labelled + "', column: " + column + "}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  /** 400 rows of which every twentieth is far off, and says so. */
  private Path writeLabelled(String column, String anomalous) throws IOException {
    Rows rows = new Manifold(8).rows(400);
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", Manifold.NAMES) + ",same," + column);
    for (int i = 0; i < rows.count(); i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < rows.width(); j++) {
        line.append(rows.at(i, j) + (i % 20 == 10 ? 500 * (1 - j % 2 * 2) : 0)).append(',');
      }
      lines.add(line + "5," + (i % 20 == 10 ? anomalous : "0"));
    }
    if (column.equals("same")) {
      lines.replaceAll(line -> line.substring(0, line.lastIndexOf(',')));
    }
    return Files.write(folder.resolve("labelled.csv"), lines);
  }

  /** Gives the rows of a file two keys in turns. */
  private static Path addKeys(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, lines.get(0) + ",host");
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i) + (i % 2 == 0 ? ",x" : ",y"));
    }
    return Files.write(file, lines);
  }

  @Test
  void shouldTrainOnMissingValuesAndTimes() throws IOException {
    // Given rows that stand in the file newest first
    Manifold manifold = new Manifold(8);
    write(manifold.withGaps(manifold.rows(1200), 0.3), "");
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    List<String> backwards = new ArrayList<>(List.of("t," + lines.get(0)));
    for (int i = lines.size() - 1; i >= 1; i--) {
      backwards.add(NOW.plusSeconds(i) + "," + lines.get(i));
    }
    Path other = Files.write(folder.resolve("backwards.csv"), backwards);

    // When
    Bundle inOrder = train(NOW, "features.exclude=same");
    String fingerprint = inOrder.manifest().provenance().dataFingerprint();
    Bundle sorted =
        train(NOW, "features.exclude=same", "source.files=" + other, "source.timeColumn=t");

    // Then
    assertThat(sorted.manifest().provenance().dataFingerprint()).isEqualTo(fingerprint);
    assertThat(sorted.manifest().modelSha256()).isEqualTo(inOrder.manifest().modelSha256());
  }

  private Bundle train(Instant now, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name=web",
                "source.type=csv",
                "source.files=" + csv,
                "model.epochs=4",
                "model.seed=1",
                "threshold={falseAlarmRate: 0.01}"));
    settings.addAll(List.of(more));
    TrainConfig config = ConfigReader.of(settings, TrainConfig.class);
    return new TrainingRun(config, progress, Clock.fixed(now, ZoneOffset.UTC)).run(target);
  }

  private void write(Rows rows, String constant) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", Manifold.NAMES) + ",same");
    for (int i = 0; i < rows.count(); i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < rows.width(); j++) {
        line.append(Float.isNaN(rows.at(i, j)) ? "" : rows.at(i, j)).append(',');
      }
      lines.add(line + constant);
    }
    Files.write(csv, lines);
  }
}
