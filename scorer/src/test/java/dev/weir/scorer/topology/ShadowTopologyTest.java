package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.TinyManifest;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A model on trial. The live one's score is {@code cpu}, the other's mostly {@code memory}. */
class ShadowTopologyTest {
  private static final FeatureSpec MEMORY = FeatureSpec.numeric(List.of("memory", "cpu"));

  @Test
  void shouldCompareBothVerdictsAndAlertOnTheLiveOnesAlone() {
    try (TopologyFixture fixture = fixture()) {
      // When
      fixture.pipe("a", "{\"cpu\": 20, \"memory\": 30}");
      fixture.pipe("b", "{\"cpu\": 20, \"memory\": 3}");
      fixture.pipe("c", "{\"cpu\": 2, \"memory\": 30}");

      // Then
      assertThat(fixture.compared("trial").readValuesToList())
          .extracting(
              ComparedRecord::getKey,
              record -> record.getLive().getScore(),
              record -> record.getLive().getAnomalous(),
              record -> record.getShadow().getScore(),
              record -> record.getShadow().getAnomalous(),
              ComparedRecord::getSourceOffset)
          .containsExactly(
              tuple("a", 20.0, true, 30.0, true, 0L),
              tuple("b", 20.0, true, 3.0, false, 1L),
              tuple("c", 2.0, false, 30.0, true, 2L));
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey)
          .containsExactly("a", "b");
      assertThat(fixture.listener.compared)
          .containsExactly("20.0 Optional[30.0]", "20.0 Optional[3.0]", "2.0 Optional[30.0]");
    }
  }

  @Test
  void shouldScoreAloneUntilThereIsOneOnTrial() {
    try (TopologyFixture fixture = fixture()) {
      // Given none, and then one
      fixture.shadow.none();
      fixture.pipe("a", "{\"cpu\": 1, \"memory\": 5}");
      fixture.shadow.replace(TinyManifest.of(MEMORY, "2".repeat(64)));
      fixture.pipe("a", "{\"cpu\": 2, \"memory\": 6}");

      // Then
      assertThat(fixture.listener.compared)
          .containsExactly("1.0 Optional.empty", "2.0 Optional[6.0]");
      assertThat(fixture.compared("trial").readValuesToList())
          .extracting(ComparedRecord::getShadow)
          .satisfiesExactly(
              first -> assertThat(first).isNull(), second -> assertThat(second).isNotNull());
    }
  }

  @Test
  void shouldScoreOnWhenTheOneOnTrialFails() {
    try (TopologyFixture fixture = fixture()) {
      // Given
      fixture.pipe("a", "{\"cpu\": 1, \"memory\": 5}");
      fixture.shadow.made().get(1).failing(true);

      // When it fails, and when one that works takes its place
      fixture.pipe("a", "{\"cpu\": 2, \"memory\": 6}");
      fixture.pipe("a", "{\"cpu\": 3, \"memory\": 7}");
      fixture.shadow.replace(TinyManifest.of(MEMORY, "2".repeat(64)));
      fixture.pipe("a", "{\"cpu\": 4, \"memory\": 8}");

      // Then
      assertThat(scores(fixture)).containsExactly(1.0, 2.0, 3.0, 4.0);
      assertThat(fixture.listener.compared)
          .containsExactly(
              "1.0 Optional[5.0]", "2.0 Optional.empty", "3.0 Optional.empty", "4.0 Optional[8.0]");
      assertThat(fixture.shadow.open()).isEqualTo(1);
      assertThat(fixture.shadow.made()).extracting(FakeModel::openBatches).containsOnly(0);
    }
  }

  @Test
  void shouldScoreOnWhenTheOneOnTrialCannotTakeARecord() {
    try (TopologyFixture fixture = fixture()) {
      fixture.pipe("a", "{\"cpu\": 1, \"disk\": {\"used\": 3}}");
      fixture.shadow.replace(
          TinyManifest.of(FeatureSpec.numeric(List.of("name", "cpu")), "2".repeat(64)));
      fixture.pipe("a", "{\"cpu\": 2, \"name\": \"x\"}");
      fixture.pipe("a", "{\"cpu\": 3, \"name\": 9}");

      assertThat(scores(fixture)).containsExactly(1.0, 2.0, 3.0);
      assertThat(fixture.listener.compared.subList(1, 3))
          .containsExactly("2.0 Optional.empty", "3.0 Optional[9.0]");
      assertThat(fixture.deadLetters().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldKeepWhatBothRememberOfAKeyApart() {
    // Given a live model that remembers nothing, and one on trial that takes differences
    FeatureSpec differences =
        new FeatureSpec(
            List.of(
                new Feature(
                    "d",
                    FieldPath.parse("cpu"),
                    FeatureType.NUMERIC,
                    Transform.DIFFERENCE,
                    null,
                    null),
                Feature.numeric("memory")));
    try (TopologyFixture fixture = fixture("state.cachedKeys=1")) {
      fixture.shadow.replace(TinyManifest.of(differences, "2".repeat(64)));

      // When
      fixture.pipe("a", "{\"cpu\": 1, \"memory\": 5}");
      fixture.pipe("b", "{\"cpu\": 10, \"memory\": 5}");
      fixture.pipe("a", "{\"cpu\": 3, \"memory\": 5}");
      fixture.pipe("b", "{\"cpu\": 15, \"memory\": 5}");
      fixture.pipe(TopologyFixture.bytes("a"), null, TopologyFixture.NOW, new RecordHeaders());
      fixture.pipe("a", "{\"cpu\": 9, \"memory\": 5}");

      // Then
      assertThat(fixture.listener.compared)
          .containsExactly(
              "1.0 Optional[NaN]",
              "10.0 Optional[NaN]",
              "3.0 Optional[2.0]",
              "15.0 Optional[5.0]",
              "9.0 Optional[NaN]");
    }
  }

  @Test
  void shouldCompareInBatches() {
    try (TopologyFixture fixture = fixture("batch.maxRows=3")) {
      for (int i = 0; i < 7; i++) {
        fixture.pipe("a", "{\"cpu\": " + i + ", \"memory\": " + (10 + i) + "}");
      }

      assertThat(fixture.listener.compared).hasSize(7).startsWith("0.0 Optional[10.0]");
    }
  }

  private static List<Double> scores(TopologyFixture fixture) {
    return fixture.scored("scores").readValuesToList().stream()
        .map(ScoredRecord::getScore)
        .toList();
  }

  private static TopologyFixture fixture(String... settings) {
    String[] all = new String[settings.length + 3];
    all[0] = "shadow.path=trial";
    all[1] = "shadow.topic=trial";
    all[2] = "output.scored=scores";
    System.arraycopy(settings, 0, all, 3, settings.length);
    TopologyFixture fixture = new TopologyFixture(Configs.of(all));
    fixture.shadow.replace(TinyManifest.of(MEMORY, "1".repeat(64)));
    return fixture;
  }
}
