package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelHostTest {
  private static final int WIDTH = 3;

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void writeBundle() {
    folder = temporary.resolve("bundle");
    write(TinyGraph.sumOfSquares(WIDTH));
  }

  private void write(TinyGraph graph) {
    TinyBundle.write(folder, graph.width(), graph.onnx());
  }

  @Test
  void shouldScoreWithTheNewModelAfterIt() {
    TinyGraph other = TinyGraph.random(WIDTH, 7);
    float[] row = {1, 2, 3};
    try (ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {});
        AnomalyModel before = host.newScorer()) {
      long generation = host.generation();

      // When
      write(other);
      host.replace();

      // Then those who have the old one keep it
      assertThat(host.generation()).isGreaterThan(generation);
      assertThat(score(before, row)).isEqualTo(14);
      try (AnomalyModel after = host.newScorer()) {
        assertThat(score(after, row)).isCloseTo((float) other.score(row), within(row, other));
      }
    }
  }

  private static Offset<Float> within(float[] row, TinyGraph graph) {
    return Offset.offset((float) graph.score(row) * 1e-5f);
  }

  @Test
  void shouldGoOnWithTheOldModelIfTheNewOneIsDamaged() throws IOException {
    try (ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {})) {
      long generation = host.generation();

      // When
      Files.write(folder.resolve(Bundle.MODEL), new byte[] {1, 2, 3});

      // Then
      assertThatThrownBy(host::replace)
          .isInstanceOf(InvalidBundleException.class)
          .hasMessageContaining("checksum");
      assertThat(host.generation()).isEqualTo(generation);
      try (AnomalyModel model = host.newScorer()) {
        assertThat(score(model, new float[] {1, 2, 3})).isEqualTo(14);
      }
    }
  }

  @Test
  void shouldRefuseANewModelWhoseGraphDoesNotFitItsManifest() {
    try (ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {})) {
      TinyBundle.write(folder, WIDTH + 1, TinyGraph.sumOfSquares(WIDTH).onnx());

      assertThatThrownBy(host::replace).isInstanceOf(InvalidBundleException.class);

      assertThat(host.manifest().features().width()).isEqualTo(WIDTH);
    }
  }

  @Test
  void shouldLetScorersFinishAfterItIsClosed() {
    ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {});
    AnomalyModel model = host.newScorer();

    host.close();

    assertThat(score(model, new float[] {1, 2, 3})).isEqualTo(14);
    model.close();
    model.close();
    assertThatThrownBy(host::newScorer).isInstanceOf(IllegalStateException.class);
    assertThat(host.manifest().name()).isEqualTo("tiny");
    host.close();
  }

  @Test
  void shouldNotTakeAnotherModelOnceItIsClosed() {
    ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {});
    long generation = host.generation();
    AnomalyModel model = host.newScorer();
    host.close();

    write(TinyGraph.random(WIDTH, 7));
    host.replace();

    assertThat(host.generation()).isEqualTo(generation);
    assertThat(score(model, new float[] {1, 2, 3})).isEqualTo(14);
    model.close();
  }

  /** A session of ONNX Runtime that stayed would cost a few hundred kilobytes each time. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotGrowWithAThousandReplacements() throws Exception {
    TinyGraph graph = TinyGraph.random(64, 1);
    write(graph);
    try (ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {})) {
      replace(host, 200);
      long[] grown = new long[9];
      for (int i = 0; i < grown.length; i++) {
        long before = residentBytes();
        replace(host, 110);
        grown[i] = residentBytes() - before;
      }

      // Java's heap finds its size in leaps, up and down; what stays behind is there mostly.
      Arrays.sort(grown);
      assertThat(grown[grown.length / 2])
          .as("growth by 110 models, of %s", Arrays.toString(grown))
          .isLessThan(110 * 64L * 1024);
    }
  }

  private static void replace(ModelHost host, int times) {
    float[] row = new float[64];
    for (int i = 0; i < times; i++) {
      try (AnomalyModel user = host.newScorer()) {
        host.replace();
        assertThat(score(user, row)).isFinite();
      }
    }
  }

  private static float score(AnomalyModel model, float[] row) {
    FeatureBatch batch = new FeatureBatch(1, row.length);
    batch.add(row);
    try (ScoredBatch scored = model.score(batch)) {
      return scored.score(0);
    }
  }

  private static long residentBytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
