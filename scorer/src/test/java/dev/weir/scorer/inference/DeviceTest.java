package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.fixture.CapturedLog;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds with a GPU and without: what is there decides which half of it is tested. */
class DeviceTest {
  private static final TinyGraph GRAPH = TinyGraph.random(3, 1);
  private static final float[] ROW = {1, 2, 3};

  /** One that no machine has. */
  private static final ComputeDevice NO_GPU = ComputeDevice.parse("gpu:999");

  @TempDir private Path folder;

  private Bundle bundle() {
    return TinyBundle.write(folder.resolve("bundle"), GRAPH.width(), GRAPH.onnx());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "auto"})
  void shouldScoreTheSameOnWhateverThereIs(String device) {
    try (LoadedModel loaded = LoadedModel.load(bundle(), ComputeDevice.parse(device));
        AnomalyModel scorer = loaded.newScorer()) {
      FeatureBatch batch = new FeatureBatch(1, 1, GRAPH.width());
      batch.add(ROW);
      try (ScoredBatch scored = scorer.score(batch)) {
        assertThat((double) scored.score(0))
            .isCloseTo(GRAPH.score(ROW), Percentage.withPercentage(1e-3));
      }
      assertThat(loaded.device().kind()).isNotEqualTo(ComputeDevice.Kind.AUTO);
    }
  }

  @Test
  void shouldSayWhatIsMissingRatherThanScoreOnTheCpu() {
    Bundle bundle = bundle();

    assertThatThrownBy(() -> LoadedModel.load(bundle, NO_GPU))
        .isInstanceOf(InvalidInputException.class)
        .isNotInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("device is gpu:999")
        .hasMessageContaining("CUDA")
        .hasMessageContaining("profile gpu");
  }

  @Test
  void shouldFallBackToTheCpuWithOneWarning() {
    // Given a process that has not met this yet
    Sessions.WARNED.set(false);
    Bundle bundle = bundle();
    ComputeDevice wanted = new ComputeDevice(ComputeDevice.Kind.AUTO, NO_GPU.index());

    // When two models are loaded
    try (CapturedLog log = CapturedLog.of(Sessions.class.getName());
        LoadedModel first = LoadedModel.load(bundle, wanted);
        LoadedModel second = LoadedModel.load(bundle, wanted)) {
      // Then
      assertThat(first.device()).isEqualTo(ComputeDevice.CPU);
      assertThat(second.device()).isEqualTo(ComputeDevice.CPU);
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .startsWith("no GPU can be used, scoring on the CPU: ")
          .contains("profile gpu");
    }
  }

  @Test
  void shouldBlameTheBundleForWhatIsWrongWithTheBundle() {
    Bundle garbage =
        TinyBundle.write(
            folder.resolve("bundle"), 3, "not an ONNX file".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> LoadedModel.load(garbage, NO_GPU))
        .isInstanceOf(InvalidBundleException.class);
  }
}
