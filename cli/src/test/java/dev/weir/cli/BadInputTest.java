package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bad input gets at the command line: exit code, message, and no stack trace. */
class BadInputTest {
  private static final String TRAIN =
      """
      name: test
      source:
        type: csv
        files: %s
      """;

  private static final String SCORE =
      """
      applicationId: test
      kafka:
        bootstrap.servers: 127.0.0.1:1
      input:
        topic: records
      model:
        path: %s
      schemaRegistry:
        schema.registry.url: mock://bad-input
      http:
        port: 0
      """;

  @TempDir static Path shared;
  private static Bundle bundle;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    bundle = TinyBundle.train(shared);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.epochz=3          | unknown key 'model.epochz' | did you mean 'epochs'
          model.epochs=many       | 'model.epochs'             | a whole number
          model.epochs=0          | 'model.epochs'             | at least 1
          model.family=forest     | 'model.family'             | autoencoder
          source.type=excel       | source                     | csv
          split.validation=0.9    | calibration                | at least 0.2 for training
          threshold.falseAlarmRate=2 | threshold.falseAlarmRate | below 1
          features.include=[nope] | no column 'nope'           | a, b, c
          source.files=nope.csv   | nope.csv                   | there is no file
          """)
  void shouldRefuseAWrongSetting(String setting, String where, String what) throws IOException {
    // Given
    Path config = trainConfig(TinyHistory.csv(folder.resolve("h.csv"), 500, 1));

    // When
    CommandRun run =
        CommandRun.of("train", config.toString(), "--set", setting, "--out", out().toString());

    // Then
    assertRefused(run, 2, where, what);
    assertThat(out()).doesNotExist();
  }

  @Test
  void shouldRefuseAMissingConfig() {
    assertRefused(CommandRun.of("train", "nope.yaml"), 2, "nope.yaml", "no such file");
  }

  @Test
  void shouldRefuseAnEmptyConfig() throws IOException {
    Path config = Files.writeString(folder.resolve("empty.yaml"), "");
    assertRefused(CommandRun.of("train", config.toString()), 2, "empty.yaml", "is empty");
  }

  @Test
  void shouldRefuseATrainingThatSaysNotWhereTo() throws IOException {
    Path config = trainConfig(TinyHistory.csv(folder.resolve("h.csv"), 500, 1));
    assertRefused(CommandRun.of("train", config.toString()), 2, "output", "--out");
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    Path csv = Files.writeString(folder.resolve("empty.csv"), "");
    assertRefused(train(csv), 2, "empty.csv", "is empty");
  }

  @Test
  void shouldRefuseTooFewRows() throws IOException {
    assertRefused(
        train(TinyHistory.csv(folder.resolve("few.csv"), 50, 1)), 2, "few.csv", "50", "200");
  }

  @Test
  void shouldRefuseAColumnThatIsNotNumeric() throws IOException {
    Path csv = csv("a,b", "%d,text-%d", 500);
    Path config = trainConfig(csv);
    assertRefused(
        CommandRun.of(
            "train",
            config.toString(),
            "--set",
            "features.columns=[{match: b, type: numeric}]",
            "--out",
            out().toString()),
        2,
        "'b'",
        "not numeric");
  }

  @Test
  void shouldRefuseAColumnWithoutValues() throws IOException {
    assertRefused(train(csv("a,b", "%d,", 500)), 2, "'b'", "no value", "features.exclude");
  }

  @Test
  void shouldRefuseAnInfiniteValue() throws IOException {
    Path csv = csv("a,b", "%d,%d", 500);
    Files.writeString(csv, Files.readString(csv) + "1,inf\n");
    assertRefused(train(csv), 2, "row 501", "'b'", "infinite");
  }

  @Test
  void shouldTrainOverAConstantColumnAndSaySo() throws IOException {
    // Given
    Path csv = csv("a,b", "%d,7", 500);

    // When
    CommandRun run = train(csv);

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("constant").contains("'b'").contains("features.exclude");
  }

  @Test
  void shouldNotOverwriteAFolderThatIsNoBundle() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("thesis.txt"), "years of work");
    assertRefused(
        train(TinyHistory.csv(folder.resolve("h.csv"), 500, 1)), 2, "not a bundle", "--out");
    assertThat(out().resolve("thesis.txt")).exists();
  }

  @Test
  void shouldRefuseABundleWhoseChecksumDoesNotFit() throws IOException {
    // Given
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(bundle.folder().resolve("manifest.json"), copy.resolve("manifest.json"));
    byte[] model = Files.readAllBytes(bundle.modelFile());
    model[model.length / 2] ^= 1;
    Files.write(copy.resolve("model.onnx"), model);

    // When, then
    assertRefused(
        CommandRun.of("evaluate", "--model", copy.toString(), "--data", "x.csv"), 2, "checksum");
    Path config = Files.writeString(folder.resolve("score.yaml"), SCORE.formatted(copy.toString()));
    assertRefused(CommandRun.of("score", config.toString()), 2, "checksum");
  }

  @Test
  void shouldRefuseABundleThatIsNotThere() {
    assertRefused(
        CommandRun.of("evaluate", "--model", "nowhere", "--data", "x.csv"), 2, "nowhere", "train");
  }

  @Test
  void shouldRefuseDataThatLacksAColumnOfTheModel() throws IOException {
    Path csv = csv("a,b", "%d,%d", 10);
    assertRefused(
        CommandRun.of("evaluate", "--model", bundle.folder().toString(), "--data", csv.toString()),
        2,
        "no column 'c'");
  }

  @Test
  void shouldLeaveOutRowsWithoutAnyValueAndSaySo() throws IOException {
    // Given
    Path csv = csv("a,b,c", "%d,%d,%d", 10);
    Files.writeString(csv, Files.readString(csv) + ",,\n");

    // When
    CommandRun run =
        CommandRun.of("evaluate", "--model", bundle.folder().toString(), "--data", csv.toString());

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("10 (and 1 without any value, left out)");
  }

  @Test
  void shouldRefuseLabelsThatAreNotZeroOrOne() throws IOException {
    Path csv = csv("a,b,c,label", "%d,%d,%d,2", 10);
    assertRefused(
        CommandRun.of(
            "evaluate",
            "--model",
            bundle.folder().toString(),
            "--data",
            csv.toString(),
            "--label",
            "label"),
        2,
        "label",
        "0 or 1");
  }

  @Test
  void shouldFailIfTheBrokerCannotBeReached() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("score.yaml"), SCORE.formatted(bundle.folder().toString()));
    assertRefused(
        CommandRun.of("score", config.toString(), "--set", "kafka.request.timeout.ms=2000"),
        1,
        "127.0.0.1:1",
        "is it running");
  }

  @Test
  void shouldFailIfTheBrokerOfTheHistoryCannotBeReached() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("train.yaml"),
            """
            name: test
            source:
              type: kafka
              topic: records
              kafka:
                bootstrap.servers: 127.0.0.1:1
                default.api.timeout.ms: 3000
                request.timeout.ms: 2000
            """);
    assertRefused(
        CommandRun.of("train", config.toString(), "--out", out().toString()),
        1,
        "127.0.0.1:1",
        "is it running");
  }

  @Test
  void shouldRefuseAnUnknownCommandAndAnUnknownOption() {
    assertThat(CommandRun.of("trian").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("demo", "--duratoin", "5s").exitCode()).isEqualTo(2);
    CommandRun run = CommandRun.of("demo", "--duration", "soon");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("60s");
    assertThat(CommandRun.of().exitCode()).isEqualTo(2);
  }

  @Test
  void shouldPrintAStackTraceOnlyIfAsked() {
    assertThat(CommandRun.of("--verbose", "train", "nope.yaml").err()).contains("\tat ");
    assertThat(CommandRun.of("train", "nope.yaml").err()).doesNotContain("\tat ");
  }

  private CommandRun train(Path csv) throws IOException {
    return CommandRun.of("train", trainConfig(csv).toString(), "--out", out().toString());
  }

  private Path trainConfig(Path csv) throws IOException {
    return Files.writeString(
        folder.resolve("train.yaml"), TRAIN.formatted(csv) + "model:\n  epochs: 1\n");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path csv(String header, String row, int rows) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      text.append(row.replace("%d", Integer.toString(i))).append('\n');
    }
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static void assertRefused(CommandRun run, int exitCode, String... parts) {
    assertThat(run.err()).startsWith("weir: ").contains(parts).doesNotContain("\tat ");
    assertThat(run.err().lines().count()).isEqualTo(1);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }
}
