package dev.weir.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir train --from}, {@code --freeze} and {@code --teacher}, from bundle to bundle. */
class TransferCommandTest {
  @TempDir static Path shared;
  private static Bundle parent;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    parent = TinyBundle.train(shared);
  }

  @Test
  void shouldFineTuneTheModelOfABundle() throws IOException {
    // When
    CommandRun run = train("tuned", "", "--from", parent.folder().toString());

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode manifest = manifest("tuned");
    assertThat(manifest.toString()).contains(parent.manifest().modelSha256());
    assertThat(manifest.at("/modelSha256").asText()).isNotEqualTo(parent.manifest().modelSha256());
    assertThat(manifest.at("/family").asText()).isEqualTo("autoencoder");
    assertThat(CommandRun.of("inspect", folder.resolve("tuned").toString()).out())
        .contains("tiny " + parent.manifest().version());
  }

  @Test
  void shouldFreezeTheEncoder() throws IOException {
    // When
    CommandRun run =
        train("frozen", "", "--from", parent.folder().toString(), "--freeze", "encoder");
    CommandRun wrong =
        train("wrong", "", "--from", parent.folder().toString(), "--freeze", "decoder");
    CommandRun alone = train("alone", "", "--freeze", "encoder");

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(manifest("frozen").toString())
        .contains(parent.manifest().modelSha256())
        .containsIgnoringCase("encoder");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("fineTune.freeze").contains("encoder");
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("fineTune");
  }

  @Test
  void shouldDistilTheModelOfABundle() throws IOException {
    // When
    CommandRun run =
        train(
            "student",
            "model: {hiddenLayers: [4, 1], epochs: 5}",
            "--teacher",
            parent.folder().toString());

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode manifest = manifest("student");
    assertThat(manifest.toString()).contains(parent.manifest().modelSha256());
    assertThat(manifest.at("/provenance/hyperparameters/hiddenLayers").toString())
        .isEqualTo("[4,1]");
  }

  @Test
  void shouldTrainOnlyWhatIsMissingIfToldSo() throws IOException {
    // When
    CommandRun first = train("once", "", "--if-missing");
    byte[] manifest = Files.readAllBytes(folder.resolve("once").resolve("manifest.json"));
    CommandRun second = train("once", "", "--if-missing");

    // Then
    assertThat(first.out()).contains("bundle: ").doesNotContain("not to be used");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("is there already, and is not trained again");
    assertThat(folder.resolve("once").resolve("manifest.json")).hasBinaryContent(manifest);

    // When it is damaged
    Files.writeString(folder.resolve("once").resolve("model.onnx"), "no graph");
    CommandRun third = train("once", "", "--if-missing");

    // Then
    assertThat(third.exitCode()).isZero();
    assertThat(third.out()).contains("not to be used, and trained anew: ", "checksum");
    assertThat(Files.readString(folder.resolve("once").resolve("model.onnx"), ISO_8859_1))
        .doesNotContain("no graph");
  }

  @Test
  void shouldRefuseWhatIsNoBundle() throws IOException {
    for (String option : List.of("--from", "--teacher")) {
      CommandRun run = train("none", "", option, folder.resolve("nowhere").toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("nowhere").doesNotContain("\tat ");
      assertThat(folder.resolve("none")).doesNotExist();
    }
  }

  private CommandRun train(String name, String model, String... options) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            name: %s
            source: {type: csv, files: %s}
            threshold: {falseAlarmRate: 0.01}
            %s
            """
                .formatted(name, TinyHistory.csv(folder.resolve("newer.csv"), 1000, 9), model));
    List<String> command = new ArrayList<>(List.of("train", config.toString()));
    command.addAll(List.of("--out", folder.resolve(name).toString()));
    command.addAll(List.of(options));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private JsonNode manifest(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("manifest.json").toFile());
  }
}
