package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.drift.DriftCounter;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.TinyManifest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSessionTest {
  private final Manifest manifest = TinyManifest.ofThreeFeatures();
  private final FakeModel model = new FakeModel(manifest);

  @Test
  void shouldCountEachRecordOnceIfABatchIsJudgedOneByOne() throws Exception {
    // Given a model that cannot say why the third of four records is anomalous
    model.unexplainedAt(99);
    DriftConfig drift =
        new DriftConfig(Duration.ofHours(2), 5, 100, 0.25, Duration.ofMinutes(10), true);
    VerdictMaker verdicts = new VerdictMaker(manifest, AlertConfig.DEFAULT);
    FeatureEncoder encoder = new FeatureEncoder(manifest.features());
    try (ModelSession<Integer> session =
        new ModelSession<>(
            model,
            RecordFormat.JSON.reader(
                manifest.features().fields(), MockSchemaRegistry.ofScope("unused")),
            encoder,
            Optional.empty(),
            verdicts,
            Optional.of(new DriftCounter(manifest, verdicts.model(), drift, "0_0")),
            4)) {
      int[] cpu = {1, 2, 99, 3};
      for (int i = 0; i < cpu.length; i++) {
        session.add(
            i,
            TopologyFixture.bytes("{\"cpu\": " + cpu[i] + "}"),
            null,
            new Origin("metrics", 0, i, null, true),
            null,
            1_000);
      }

      // When
      assertThatThrownBy(session::judge).hasMessage("told to fail");
      assertThat(session.judgeEach()).filteredOn(each -> each.failure() == null).hasSize(3);

      // Then
      JsonNode counts = new ObjectMapper().readTree(session.takeCounts().orElseThrow());
      assertThat(counts.path("slices").path("0").path("records").asInt()).isEqualTo(3);
    }
  }
}
