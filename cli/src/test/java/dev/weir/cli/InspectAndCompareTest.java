package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at bundles, from the command line. */
class InspectAndCompareTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  private static Bundle bundle;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    bundle = TinyBundle.train(shared);
  }

  @Test
  void shouldPrintWhatTheReportShows() {
    // When
    CommandRun run = CommandRun.of("inspect", bundle.folder().toString());

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("weir inspect: tiny " + bundle.manifest().version())
        .contains("autoencoder, each row alone; 3 features")
        .contains("1,400 to train, 300 to validate, 300 to calibrate")
        .contains("which 1 in 100 normal rows reach")
        .contains("goodness of fit   Anderson-Darling")
        .containsPattern(
            "Loss\\n  training +[0-9.]+ [▁▂▃▄▅▆▇█]{5} [0-9.]+\\n  validation +[0-9.]+ [▁▂▃▄▅▆▇█]{5} ")
        .contains("5 of at most 5; kept is epoch ")
        .contains("Features")
        .contains("Highest-scoring training rows\n  - row ")
        .contains("was expected (")
        .contains("  epochs            5")
        .contains(bundle.manifest().modelSha256());
    assertThat(run.out().lines().filter(line -> line.startsWith("  - row "))).hasSize(12);
  }

  @Test
  void shouldDrawMap() {
    // Given
    Bundle map = TinyBundle.train(folder, "model={family: som, rows: 4, columns: 6, epochs: 3}");

    // When
    CommandRun run = CommandRun.of("inspect", map.folder().toString());

    // Then
    assertThat(run.out())
        .contains("Self-organising map\n  grid              hexagonal, 4 × 6\n")
        .contains("quantisation error", "topographic error")
        .containsPattern("U-matrix: .*\n(    \\|[ ░▒▓█]{6}\\|\n){4}")
        .containsPattern("hits: .*\n(    \\|[ ░▒▓█]{6}\\|\n){4}");
    assertThat(map.manifest().training().map().hits().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(1400);
  }

  @Test
  void shouldPrintJson() throws IOException {
    // When
    CommandRun run = CommandRun.of("inspect", bundle.folder().toString(), "--json");

    // Then
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.at("/name").asText()).isEqualTo("tiny");
    assertThat(json.at("/calibration/quantiles/0.5").asDouble())
        .isEqualTo(bundle.manifest().calibration().scoreAt(0.5));
    assertThat(json.at("/training/features")).hasSize(3);
    assertThat(json.at("/training/highestRows")).hasSize(12);
  }

  @Test
  void shouldInspectBundleOfOlderWeir() throws IOException {
    // Given a bundle that says nothing of its training
    Path old = copy();
    Path manifest = old.resolve("manifest.json");
    ObjectNode json = (ObjectNode) JSON.readTree(manifest.toFile());
    json.remove("training");
    Files.writeString(manifest, json.toString());

    // When
    CommandRun run = CommandRun.of("inspect", old.toString());

    // Then
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("written by an older Weir").contains("threshold");
    assertThat(CommandRun.of("inspect", old.toString(), "--json").exitCode()).isZero();
  }

  @Test
  void shouldSearchAndPrintWhatWasTried() throws IOException {
    // Given
    Path config =
        Files.writeString(
            folder.resolve("train.yaml"),
            """
            name: searched
            source: {type: csv, files: %s}
            search:
              candidates:
                - {family: pca, components: 1}
                - {family: pca, window: 800}
                - {family: som, cells: 100}
              budget: 1h
            """
                .formatted(TinyHistory.csv(folder.resolve("short.csv"), 900, 1)));
    Path target = folder.resolve("searched");

    // When
    CommandRun train = CommandRun.of("train", config.toString(), "--out", target.toString());
    CommandRun inspect = CommandRun.of("inspect", target.toString());
    CommandRun json = CommandRun.of("inspect", target.toString(), "--json");

    // Then
    assertThat(train.err()).isEmpty();
    assertThat(train.exitCode()).isZero();
    assertThat(train.out())
        .contains("trying 3 models: each is to tell 135 validation rows from 1,000 anomalies")
        .containsPattern("  1/3 pca \\(components 1\\): 0\\.\\d{4} in .*, the best so far\n")
        .contains("  2/3 pca (window 800): failed")
        .containsPattern("  3/3 som \\(cells 100\\): 0\\.\\d{4} in .*, the best so far\n")
        .contains("note: search: pca (window 800) failed: too little history");
    assertThat(inspect.out())
        .contains("model             som, each row alone")
        .contains("AUC-ROC of 135 validation rows against 1,000 anomalies made of them")
        .contains("- pca (window 800): failed: too little history")
        .containsPattern("- som \\(cells 100\\): 0\\.\\d{4}, kept\n");
    JsonNode search = JSON.readTree(json.out()).at("/training/search");
    assertThat(search.at("/criterion").asText()).isEqualTo("rocAuc");
    assertThat(search.at("/candidates/2/chosen").asBoolean()).isTrue();
    assertThat(search.at("/candidates/1/state").asText()).isEqualTo("failed");
  }

  @Test
  void shouldCompareModelsOfDifferentFeatures() throws IOException {
    // Given a model of two of the three features
    Path config =
        Files.writeString(
            folder.resolve("train.yaml"),
            """
            name: smaller
            source: {type: csv, files: %s}
            features: {exclude: [c]}
            model: {hiddenLayers: [8, 1], epochs: 5}
            threshold: {falseAlarmRate: 0.02}
            """
                .formatted(shared.resolve("history.csv")));
    Path other = folder.resolve("smaller");
    assertThat(CommandRun.of("train", config.toString(), "--out", other.toString()).exitCode())
        .isZero();
    Path data = labelled();
    Path json = folder.resolve("out.json");

    // When
    CommandRun run =
        CommandRun.of(
            "compare",
            bundle.folder().toString(),
            other.toString(),
            "--data",
            data.toString(),
            "--label",
            "label",
            "--json",
            json.toString());

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("old tiny ")
        .contains("new smaller ")
        .contains("400 that both score")
        .contains("1.000 %       2.000 %")
        .contains("verdict           the ");
    JsonNode figures = JSON.readTree(json.toFile());
    assertThat(figures.at("/old/auc_pr").asDouble()).isBetween(0.0, 1.0);
    assertThat(figures.at("/spearman").isNumber()).isTrue();
    assertThat(figures.at("/alerts_of_both").asInt() + figures.at("/only_old/count").asInt())
        .isEqualTo(figures.at("/old/alerts").asInt());
  }

  @Test
  void shouldMeasureOnFilesOfEveryFormat() throws IOException, SQLException {
    // Given
    Path csv = labelled();
    String name = "file              ";

    // When
    List<String> texts = new ArrayList<>();
    for (String format : List.of("csv", "parquet", "jsonl")) {
      Path file = folder.resolve("labelled." + format);
      if (!format.equals("csv")) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            Statement statement = connection.createStatement()) {
          statement.execute(
              "COPY (FROM '%s') TO '%s' (FORMAT %s)"
                  .formatted(csv, file, format.equals("jsonl") ? "json" : format));
        }
      }
      String model = bundle.folder().toString();
      CommandRun evaluated =
          CommandRun.of(
              "evaluate", "--model", model, "--data", file.toString(), "--label", "label");
      CommandRun compared =
          CommandRun.of("compare", model, model, "--data", file.toString(), "--label", "label");
      assertThat(evaluated.err() + compared.err()).isEmpty();
      texts.add((evaluated.out() + compared.out()).replace(file.toString(), name));
    }

    // Then
    assertThat(texts.get(0)).contains("10 labelled rows").contains("400 that both score");
    assertThat(texts).containsOnly(texts.get(0));
  }

  @Test
  void shouldRefuseWhatIsNoBundleAndSayWhich() {
    for (String[] arguments :
        new String[][] {
          {"inspect", "nowhere"},
          {"compare", bundle.folder().toString(), "nowhere", "--data", "x.csv"}
        }) {
      CommandRun run = CommandRun.of(arguments);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("weir: bundle nowhere: there is no such folder");
      assertThat(run.err().lines().count()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseDamagedTrainingSection() throws IOException {
    // Given
    Path broken = copy();
    Path manifest = broken.resolve("manifest.json");
    ObjectNode json = (ObjectNode) JSON.readTree(manifest.toFile());
    ((ObjectNode) json.get("training")).put("rows", "many");
    Files.writeString(manifest, json.toString());

    // When
    CommandRun run = CommandRun.of("inspect", broken.toString());

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("manifest.json is damaged").contains("training.rows");
  }

  @Test
  void shouldRefuseDataThatCannotBeCompared() throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), "a,b,c\n1,2,3\n");
    String model = bundle.folder().toString();

    CommandRun label =
        CommandRun.of("compare", model, model, "--data", data.toString(), "--label", "l");
    assertThat(label.exitCode()).isEqualTo(2);
    assertThat(label.err()).contains("no column 'l'").doesNotContain("\tat ");
    CommandRun missing = CommandRun.of("compare", model, model, "--data", "nope.csv");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("nope.csv");
    assertThat(CommandRun.of("compare", model, "--data", data.toString()).exitCode()).isEqualTo(2);
    CommandRun window =
        CommandRun.of("compare", model, model, "--data", data.toString(), "--vus-window", "-1");
    assertThat(window.exitCode()).isEqualTo(2);
    assertThat(window.err()).contains("--vus-window is -1");
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    for (String name : List.of("manifest.json", "model.onnx", "report.html")) {
      Files.copy(bundle.folder().resolve(name), copy.resolve(name));
    }
    return copy;
  }

  /** Rows as in the history, and ten that break with it. */
  private Path labelled() throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> rows = Files.readAllLines(TinyHistory.csv(folder.resolve("rows.csv"), 400, 7));
    lines.add(rows.get(0) + ",label");
    for (int i = 1; i < rows.size(); i++) {
      boolean odd = i > 200 && i <= 210;
      lines.add(odd ? "9,9,9,1" : rows.get(i) + ",0");
    }
    return Files.write(folder.resolve("labelled.csv"), lines);
  }
}
