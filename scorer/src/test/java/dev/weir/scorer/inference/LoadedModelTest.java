package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void shouldRefuseAGraphOfAnotherWidth(int manifestWidth) {
    Bundle bundle = TinyBundle.write(path(), manifestWidth, TinyGraph.random(3, 1).onnx());

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining("does not fit the manifest")
        .hasMessageContaining(manifestWidth + " features")
        .hasMessageContaining("train anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not an ONNX file"})
  void shouldRefuseGarbageThatHasTheRightChecksum(String garbage) {
    Bundle bundle = TinyBundle.write(path(), 3, garbage.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining("model.onnx")
        .hasMessageContaining("train anew");
  }

  @Test
  void shouldRefuseATruncatedGraph() {
    byte[] whole = TinyGraph.random(3, 1).onnx();
    Bundle bundle = TinyBundle.write(path(), 3, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> LoadedModel.load(bundle)).isInstanceOf(InvalidBundleException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"score", "contributions", "expected"})
  void shouldRefuseAGraphWithoutOneOfItsOutputs(String missing) {
    List<String> outputs =
        List.of("score", "contributions", "expected").stream()
            .filter(output -> !output.equals(missing))
            .toList();
    Bundle bundle = TinyBundle.write(path(), 3, TinyGraph.random(3, 1).onnx(outputs));

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("'" + missing + "'");
  }

  @Test
  void shouldRefuseAModelThatIsGone() throws Exception {
    Bundle bundle = TinyBundle.write(path(), 3, TinyGraph.random(3, 1).onnx());
    Files.delete(bundle.modelFile());

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining("model.onnx");
  }

  @Test
  void shouldSayWhatToDoWithoutAFolderForTemporaryFiles() {
    Bundle bundle = TinyBundle.write(path(), 3, TinyGraph.random(3, 1).onnx());
    Path nowhere = folder.resolve("nowhere");
    String before = System.setProperty("java.io.tmpdir", nowhere.toString());
    try {
      assertThatThrownBy(() -> LoadedModel.load(bundle))
          .isInstanceOf(OperationFailedException.class)
          .hasMessageContaining("folder for temporary files, " + nowhere)
          .hasMessageContaining("-Djava.io.tmpdir=");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void shouldLeaveNothingBehindWhereThereIsNoRoomForTheCopy() throws Exception {
    // Given a disk that is full after some bytes
    Bundle bundle = TinyBundle.write(path(), 3, TinyGraph.random(3, 1).onnx());
    List<Path> written = new ArrayList<>();

    // Then
    assertThatThrownBy(
            () ->
                PrivateCopy.of(
                    bundle,
                    (file, bytes) -> {
                      written.add(file);
                      Files.write(file, Arrays.copyOf(bytes, 10));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("make room there");
    assertThat(written)
        .singleElement()
        .satisfies(file -> assertThat(file.getParent()).doesNotExist());
  }

  @Test
  void shouldNotNeedTheBundleOnceItIsLoaded() throws Exception {
    // Given
    Bundle bundle = TinyBundle.write(path(), 3, TinyGraph.sumOfSquares(3).onnx());
    try (LoadedModel loaded = LoadedModel.load(bundle)) {
      // When a training replaces it
      TinyBundle.write(path(), 5, TinyGraph.random(5, 1).onnx());

      // Then
      assertThat(loaded.manifest()).isEqualTo(bundle.manifest());
      FeatureBatch batch = new FeatureBatch(1, 3);
      batch.add(new float[] {1, 2, 3});
      try (AnomalyModel model = loaded.newScorer();
          ScoredBatch scored = model.score(batch)) {
        assertThat(model.manifest()).isEqualTo(bundle.manifest());
        assertThat(scored.score(0)).isEqualTo(14);
      }
    }
  }

  @Test
  void shouldScoreWindows() {
    // Given rows that count once, twice and three times, and the sum of squares
    byte[] onnx = TinyGraph.sumOfSquares(2).onnxOfWindows(3);
    Bundle bundle = TinyBundle.write(path(), 2, 3, onnx);

    // When
    FeatureBatch batch = new FeatureBatch(2, 3, 2);
    batch.add(new float[] {1, 0, 0, 1, 1, 0});
    batch.add(new float[] {0, 1, 0, 1, 0, 1});

    // Then
    try (LoadedModel loaded = LoadedModel.load(bundle);
        AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(batch)) {
      assertThat(scored.score(0)).isEqualTo(16 + 4);
      assertThat(scored.score(1)).isEqualTo(36);
      assertThat(scored.contributions(0)).containsExactly(16, 4);
    }
  }

  @Test
  void shouldRefuseAGraphOfAnotherWindow() {
    Bundle bundle = TinyBundle.write(path(), 2, 4, TinyGraph.sumOfSquares(2).onnxOfWindows(3));

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("2 features in windows of 4 rows");
  }

  @Test
  void shouldRefuseAGraphOfRowsForAManifestOfWindows() {
    Bundle bundle = TinyBundle.write(path(), 3, 2, TinyGraph.random(3, 1).onnx());

    assertThatThrownBy(() -> LoadedModel.load(bundle))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("3 features in windows of 2 rows");
  }

  private Path path() {
    return folder.resolve("bundle");
  }
}
