package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private MadeUpData data;

  @BeforeEach
  void makeData() {
    data = new MadeUpData(folder.resolve("data"));
    data.table("first", 300);
    data.table("second", 300);
    data.pair("smd", "machine", 400);
    data.nab();
    data.reference(
        "adbench_one_class.csv",
        """
        dataset,metric,KNN,PCA
        first,AUCROC,91,92
        first,AUCPR,70,50
        second,AUCPR,80,60
        """);
    data.reference(
        "train_test_pairs.csv",
        """
        series,vus_window,anomaly_ratio,AE_vus_pr,AE_auc_pr,AE_auc_roc
        machine,20,0.025,0.4,0.5,0.6
        """);
  }

  @Test
  void shouldMeasureEverySetBesideTheReference() throws IOException {
    // When
    int exit =
        run(
            "quality",
            "--data",
            data.root().toString(),
            "--sets",
            "adbench,smd,nab",
            "--families",
            "autoencoder",
            "--seeds",
            "1,2",
            "--set",
            "autoencoder.epochs=15",
            "--json",
            json().toString());

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    JsonNode figures = new ObjectMapper().readTree(json().toFile());
    double first = figures.path("adbench_first_autoencoder_auc_pr").asDouble();
    double second = figures.path("adbench_second_autoencoder_auc_pr").asDouble();
    assertThat(figures.path("adbench_autoencoder_auc_pr_mean").asDouble())
        .isCloseTo((first + second) / 2, within(1e-9))
        .isBetween(60.0, 100.0);
    assertThat(figures.path("reference_adbench_KNN_auc_pr_mean").asDouble()).isEqualTo(75);
    assertThat(figures.path("smd_autoencoder_vus_pr_mean").asDouble()).isBetween(0.3, 1.0);
    assertThat(figures.path("reference_smd_AE_vus_pr_mean").asDouble()).isEqualTo(0.4);
    assertThat(figures.path("nab_autoencoder_score_standard_mean").asDouble())
        .isBetween(50.0, 100.0);
    assertThat(figures.path("nab_autoencoder_windows_found_mean").asDouble()).isEqualTo(1);
    assertThat(figures.path("adbench_autoencoder_fit_seconds").asDouble()).isPositive();
    assertThat(figures.path("seeds").asText()).isEqualTo("1,2");
    assertThat(out.toString())
        .contains("adbench 2/2 second, autoencoder, seed 2: auc_pr")
        .contains("adbench: AUC-PR in percent, mean of seeds 1, 2")
        .containsPattern("mean +[0-9.]+ +\\| +75\\.00 +55\\.00")
        .contains("smd: VUS-PR, mean of seeds 1, 2");
  }

  @Test
  void shouldGiveTheSameFiguresForTheSameSeed() throws IOException {
    // Given
    String[] command = {
      "quality",
      "--data",
      data.root().toString(),
      "--sets",
      "adbench",
      "--seeds",
      "3",
      "--set",
      "autoencoder.epochs=3",
      "--families",
      "autoencoder",
      "--json",
      json().toString()
    };

    // When
    run(command);
    JsonNode once = new ObjectMapper().readTree(json().toFile());
    run(command);
    JsonNode again = new ObjectMapper().readTree(json().toFile());

    // Then
    assertThat(again.get("adbench_autoencoder_auc_pr_mean"))
        .isEqualTo(once.get("adbench_autoencoder_auc_pr_mean"));
  }

  @Test
  void shouldJudgeWhatDefaultsMightBeWithoutTestRows() throws IOException {
    // Given a set without its test labels
    Files.writeString(data.root().resolve("smd/machine_test.csv.gz"), "not read");

    // When
    int exit =
        run(
            "defaults",
            "--data",
            data.root().toString(),
            "--sets",
            "adbench,smd",
            "--families",
            "pca",
            "--seeds",
            "1,2",
            "--json",
            json().toString());

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    JsonNode pca = new ObjectMapper().readTree(json().toFile()).path("pca");
    JsonNode defaults = pca.path("candidates").get(0);
    assertThat(defaults.path("name").asText()).isEqualTo("defaults");
    assertThat(defaults.path("gain").asDouble()).isZero();
    assertThat(defaults.path("mean").asDouble()).isBetween(0.5, 1.0);
    assertThat(defaults.path("level_shift").asDouble()).isBetween(0.5, 1.0);
    assertThat(pca.path("candidates").findValuesAsText("name"))
        .contains("variance=0.99", "window=8");
    assertThat(pca.path("chosen").asText()).isNotEmpty();
    assertThat(out.toString())
        .contains("adbench 2/2 second, pca, variance=0.8, seed 2: 0.")
        .contains("smd 1/1 machine, pca, window=8, seed 1: 0.")
        .doesNotContain("adbench 2/2 second, pca, window=8")
        .doesNotContain("rank correlation")
        .containsPattern("kept: pca's defaults|chosen for pca: ");
  }

  @Test
  void shouldCheckTheChoiceOnTestRowsIfAsked() {
    // When
    int exit =
        run(
            "defaults",
            "--data",
            data.root().toString(),
            "--sets",
            "smd",
            "--families",
            "pca",
            "--seeds",
            "1",
            "--only",
            "window=1;window=8",
            "--check");

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("| test smd")
        .doesNotContain("variance=0.95")
        .containsPattern(
            "smd: rank correlation of the criterion with the test parts' VUS-PR: -?[01]\\.");
  }

  @Test
  void shouldNameWhatIsWrongWithTheCommand() {
    assertThat(run("defaults", "--data", data.root().toString(), "--sets", "nab")).isEqualTo(2);
    assertThat(err.toString()).contains("leave it out of --sets");
    assertThat(run("defaults", "--data", data.root().toString(), "--only", "depth=3")).isEqualTo(2);
    assertThat(err.toString()).contains("there are: defaults; ");
    assertThat(run("quality", "--data", "nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no folder nowhere");
    assertThat(run("quality", "--data", data.root().toString(), "--sets", "asd")).isEqualTo(2);
    assertThat(err.toString()).contains("leave 'asd' out of --sets");
    assertThat(run("quality", "--data", data.root().toString(), "--families", "oracle"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'oracle'").contains("must be one of");
    assertThat(run("quality", "--data", data.root().toString(), "--set", "autoencoder.depth=3"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("depth");
    assertThat(run("quality", "--data", data.root().toString(), "--set", "epochs=3")).isEqualTo(2);
    assertThat(err.toString()).contains("family.key=value");
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void shouldSayWhatToInstallToCompareWithScikitLearn() {
    // When
    int exit = run("training", "--python", "/nonexistent/python");

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("/nonexistent/python").contains("python3-sklearn");
  }

  @Test
  void shouldRefuseATrainingWithoutLayersThatFit() {
    assertThat(run("training", "--layers", "8,0")).isEqualTo(2);
    assertThat(err.toString()).contains("--layers");
  }

  private Path json() {
    return folder.resolve("figures.json");
  }

  @Test
  void shouldLookBeforeItMeasuresWhetherFiguresCanBeLeft() {
    // When
    int exit = run("latency", "--json", folder.resolve("nowhere/figures.json").toString());

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("there is no folder", "create it first");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return Benchmarks.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
