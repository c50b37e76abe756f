package dev.weir.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.SearchSummary;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.network.RecordedProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that searches for its model, from config to bundle. */
class SearchRunTest {
  private static final String NETWORK = "{family: autoencoder, hiddenLayers: [16, 2], epochs: 25}";
  private static final String SEARCH =
      "search.candidates=[{family: pca, components: 1}, " + NETWORK + ", {family: som, cells: 4}]";
  private static final String QUICK_SEARCH =
      "search.candidates=[{family: pca, components: 2}, {family: som, cells: 30},"
          + " {family: pca, window: 3}, {family: pca, window: 900}]";

  private final RecordedProgress progress = new RecordedProgress();

  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void writeHistory() throws IOException {
    csv = write("history.csv", new Manifold(8).rows(1000), i -> "");
  }

  @Test
  void shouldWriteTheBundleThatItsModelAloneGives() throws IOException {
    // Given
    Bundle alone = train("alone", "model=" + NETWORK);

    // When
    Bundle searched = train("searched", SEARCH);

    // Then
    assertThat(searched.modelFile()).hasSameBinaryContentAs(alone.modelFile());
    Manifest manifest = Bundle.open(searched.folder()).manifest();
    assertThat(manifest.version()).isEqualTo(alone.manifest().version());
    assertThat(manifest.calibration()).isEqualTo(alone.manifest().calibration());
    assertThat(manifest.threshold()).isEqualTo(alone.manifest().threshold());
    assertThat(manifest.provenance()).isEqualTo(alone.manifest().provenance());
    assertThat(alone.manifest().training().search()).isNull();
  }

  @Test
  void shouldSayWhatWasTriedInManifestAndReport() throws IOException {
    // When
    Bundle bundle = train("searched", QUICK_SEARCH);

    // Then
    SearchSummary search = Bundle.open(bundle.folder()).manifest().training().search();
    assertThat(search).isEqualTo(bundle.manifest().training().search());
    assertThat(search.candidates())
        .extracting(CandidateSummary::name)
        .containsExactly(
            "pca (components 2)", "som (cells 30)", "pca (window 3)", "pca (window 900)");
    CandidateSummary kept =
        search.candidates().stream().filter(CandidateSummary::chosen).findFirst().orElseThrow();
    assertThat(kept.value()).isBetween(0.8, 1.0);
    assertThat(search.candidates().subList(0, 3))
        .allMatch(candidate -> candidate.state() == CandidateState.JUDGED)
        .allMatch(candidate -> candidate.value() <= kept.value());
    assertThat(search.candidates().get(3).state()).isEqualTo(CandidateState.FAILED);
    assertThat(Files.readString(bundle.reportFile()))
        .contains("<h2>Search</h2>")
        .contains("<th scope='row'>som (cells 30)</th>")
        .contains("<td data-label='result'>kept</td>")
        .contains("<td data-label='result'>failed, see Warnings</td>")
        .contains("<li>search: pca (window 900) failed: too little history: ");
  }

  @Test
  void shouldGiveTheSameBundleAgain() throws IOException {
    // Given
    Bundle first = train("searched", QUICK_SEARCH);
    String manifest = Files.readString(first.folder().resolve("manifest.json"));
    String report = Files.readString(first.reportFile());

    // When
    Bundle again = train("searched", QUICK_SEARCH);

    // Then
    assertThat(Files.readString(again.folder().resolve("manifest.json"))).isEqualTo(manifest);
    assertThat(Files.readString(again.reportFile())).isEqualTo(report);
  }

  @Test
  void shouldNotLookAtLabels() throws IOException {
    // Given labels that praise one model, and the opposite ones
    Rows rows = new Manifold(9).rows(200);
    Path some = write("labelled.csv", rows, i -> i < 20 ? "1" : "0");
    Path opposite = write("opposite.csv", rows, i -> i < 20 ? "0" : "1");

    // When
    SearchSummary search =
        train("a", QUICK_SEARCH, "labelled.files=" + some).manifest().training().search();
    SearchSummary other =
        train("b", QUICK_SEARCH, "labelled.files=" + opposite).manifest().training().search();

    // Then
    assertThat(search).isEqualTo(other);
    assertThat(search).isEqualTo(train("c", QUICK_SEARCH).manifest().training().search());
  }

  @Test
  void shouldTrimTheHistoryOfEveryCandidate() throws IOException {
    // Given a history of which some rows are broken
    float[] values = new Manifold(8).rows(1000).copy();
    for (int i = 100; i < 110; i++) {
      values[i * Manifold.WIDTH] += 1000;
    }
    csv = write("history.csv", Rows.of(values, Manifold.WIDTH), i -> "");
    String pca = "{family: pca, components: 2}";

    // When
    Bundle alone = train("alone", "contamination=auto", "model=" + pca);
    Bundle searched =
        train(
            "searched",
            "contamination=auto",
            "search.candidates=[{family: som, cells: 4}, " + pca + "]");

    // Then
    assertThat(searched.manifest().training().trimmed())
        .isEqualTo(alone.manifest().training().trimmed())
        .isPositive();
    assertThat(searched.manifest().modelSha256()).isEqualTo(alone.manifest().modelSha256());
  }

  @Test
  void shouldEndWithTheReasonIfNoCandidateCanBeFitted() {
    assertThatThrownBy(() -> train("none", "search.candidates=[{family: pca, window: 900}]"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "none of the candidates could be fitted. pca (window 900): too little");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private Bundle train(String name, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name=web",
                "source.type=csv",
                "source.files=" + csv,
                "threshold={falseAlarmRate: 0.01}"));
    settings.addAll(List.of(more));
    TrainConfig config = ConfigReader.of(settings, TrainConfig.class);
    Clock clock = Clock.fixed(Instant.parse("2026-10-01T12:00:00Z"), ZoneOffset.UTC);
    return new TrainingRun(config, progress, clock).run(folder.resolve(name));
  }

  private Path write(String name, Rows rows, IntFunction<String> label) throws IOException {
    boolean labelled = !label.apply(0).isEmpty();
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", Manifold.NAMES) + (labelled ? ",label" : ""));
    for (int i = 0; i < rows.count(); i++) {
      List<String> cells = new ArrayList<>();
      for (int j = 0; j < rows.width(); j++) {
        cells.add(Float.toString(rows.at(i, j)));
      }
      if (labelled) {
        cells.add(label.apply(i));
      }
      lines.add(String.join(",", cells));
    }
    return Files.write(folder.resolve(name), lines);
  }
}
