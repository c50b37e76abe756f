package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.config.ConfigException;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.Combination;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EnsembleTest {
  private static final String MEMBERS =
      "members=[{family: autoencoder, epochs: 8}, {family: autoencoder, window: 3, epochs: 4,"
          + " hiddenLayers: [12, 3], seed: 2}]";

  private static final Manifold MANIFOLD = new Manifold(31);
  private static final History HISTORY =
      Manifold.history(MANIFOLD.withGaps(MANIFOLD.rows(1500), 0.05));

  @TempDir private Path folder;

  private static FittedModel fit(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("family=ensemble");
    EnsembleConfig config = ConfigReader.of(all, EnsembleConfig.class);
    TimeSplit split = TimeSplit.of(HISTORY, config.window(), SplitConfig.DEFAULT);
    return new EnsembleFitter(config, FitContext.of(TrainingProgress.SILENT))
        .fit(Fits.preprocessor(FeatureSpec.numeric(Manifold.NAMES), split), split);
  }

  private static Samples windows(Rows rows, int window) {
    return Manifold.history(rows).samples(window);
  }

  @ParameterizedTest
  @EnumSource(Combination.class)
  void shouldExportWhatItComputes(Combination combine) throws Exception {
    // Given
    FittedModel model = fit(MEMBERS, "combine=" + name(combine));
    Samples samples = windows(MANIFOLD.withGaps(MANIFOLD.rowsOffManifold(600), 0.1), 3);

    // When
    double[] own = model.scores(samples);
    GraphRun.Output output;
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      output = graph.run(samples);
    }

    // Then
    assertThat(ExportCheck.compare(own, OnnxScores.of(model.export(), samples)))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    for (int i = 0; i < samples.count(); i++) {
      double sum = 0;
      for (int j = 0; j < Manifold.WIDTH; j++) {
        assertThat(output.contributions()[i * Manifold.WIDTH + j]).isGreaterThanOrEqualTo(0);
        sum += output.contributions()[i * Manifold.WIDTH + j];
      }
      assertThat(sum).isCloseTo(own[i], within(1e-3 * (1 + own[i])));
    }
    assertThat(model.window()).isEqualTo(3);
  }

  private static String name(Combination combine) {
    return combine.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void shouldExpectWhatOneOfItsMembersExpects() throws Exception {
    // Given an ensemble, and its members by themselves
    Samples samples = windows(MANIFOLD.rowsOffManifold(300), 3);
    TimeSplit split = TimeSplit.of(HISTORY, 3, SplitConfig.DEFAULT);
    EnsembleConfig config =
        ConfigReader.of(List.of("family=ensemble", MEMBERS), EnsembleConfig.class);
    FittedModel rows = member(config.members().get(0), split);
    FittedModel threeRows = member(config.members().get(1), split);

    // When
    float[] expected = expected(fit(MEMBERS), samples);
    float[] byRows = expected(rows, samples.last(1));
    float[] byThreeRows = expected(threeRows, samples);

    // Then
    int first = 0;
    for (int i = 0; i < expected.length; i++) {
      float tolerance = 1e-4f * (1 + Math.abs(expected[i]));
      boolean ofFirst = Math.abs(expected[i] - byRows[i]) < tolerance;
      assertThat(ofFirst || Math.abs(expected[i] - byThreeRows[i]) < tolerance).isTrue();
      first += ofFirst ? 1 : 0;
    }
    assertThat(first).isBetween(expected.length / 50, expected.length * 49 / 50);
  }

  private static FittedModel member(ModelConfig config, TimeSplit split) {
    return ModelFitter.of(config, TrainingProgress.SILENT)
        .fit(
            Fits.preprocessor(FeatureSpec.numeric(Manifold.NAMES), split),
            split.last(config.window()));
  }

  private float[] expected(FittedModel model, Samples samples) throws Exception {
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      return graph.run(samples).expected();
    }
  }

  @Test
  void shouldDetectBetterThanChanceWouldHaveIt() {
    // Given
    FittedModel model = fit(MEMBERS);
    float[] values = Arrays.copyOf(MANIFOLD.rows(500).copy(), 550 * Manifold.WIDTH);
    System.arraycopy(
        MANIFOLD.rowsOffManifold(50).copy(), 0, values, 500 * Manifold.WIDTH, 50 * Manifold.WIDTH);
    Samples samples = windows(Rows.of(values, Manifold.WIDTH), 3);
    boolean[] labels = new boolean[samples.count()];
    Arrays.fill(labels, 498, samples.count(), true);

    // When / Then
    assertThat(RankingMetrics.of(model.scores(samples), labels).averagePrecision())
        .isGreaterThan(0.9);
  }

  @Test
  void shouldHaveTheMapOfItsFirstMemberThatIsOne() {
    // Given two maps, of nine cells and of sixteen
    FittedModel model =
        fit(
            "members=[{family: pca}, {family: som, rows: 3, columns: 3, epochs: 2}, {family: som,"
                + " rows: 4, columns: 4, epochs: 2}]");

    // When / Then
    assertThat(model.map().orElseThrow().grid().cells()).isEqualTo(9);
    assertThat(fit(MEMBERS).map()).isEmpty();
  }

  @Test
  void shouldCombineAsWorkedOutByHand() {
    // Given probabilities of 1/2, 1/8 and 1/8
    double[] rarities = {Math.log(2), Math.log(8), Math.log(8)};

    // When / Then their product is 1/128, the smallest 1/8, the mean 1/4
    assertThat(Ensemble.combine(Combination.FISHER, rarities))
        .isCloseTo(Math.log(128), within(1e-12));
    assertThat(Ensemble.combine(Combination.MINIMUM, rarities))
        .isCloseTo(Math.log(8), within(1e-12));
    assertThat(Ensemble.combine(Combination.MEAN, rarities)).isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void shouldKnowHowRareScoreIs() {
    // Given scores that are exponentially distributed, of which s or more comes with e^-s
    Random random = new Random(3);
    double[] scores = random.doubles(20_000).map(u -> -Math.log1p(-u)).toArray();

    // When
    Rarity rarity = Rarity.fit(scores);

    // Then in the body, at the tail and beyond all rows
    for (double score : new double[] {0.1, 0.5, 1, 2, 3}) {
      assertThat(rarity.of(score)).isCloseTo(score, within(0.05 * score + 0.02));
    }
    assertThat(rarity.of(6)).isCloseTo(6, within(0.8));
    assertThat(rarity.of(1000)).isGreaterThan(rarity.of(100));
    assertThat(rarity.of(1e30)).isGreaterThan(rarity.of(1e20)).isFinite();
    assertThat(rarity.of(-5)).isZero();
  }

  @Test
  void shouldRefuseWhatIsNoEnsemble() {
    // When / Then
    assertThatThrownBy(() -> config("members=[{family: autoencoder}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("an ensemble needs two or more");
    assertThatThrownBy(
            () ->
                config(
                    "members=[{family: autoencoder}, {family: ensemble, "
                        + MEMBERS.replaceFirst("=", ": ")
                        + "}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("list its members instead");
  }

  @Test
  void shouldHaveMembersIfNoneAreGiven() {
    // When
    EnsembleConfig config =
        ConfigReader.of(List.of("family=ensemble", "window=4", "seed=7"), EnsembleConfig.class);

    // Then
    assertThat(config.members())
        .extracting(ModelConfig::family)
        .containsExactly("autoencoder", "som", "pca");
    assertThat(config.members()).allMatch(member -> member.window() == 4 && member.seed() == 7);
    assertThat(config.window()).isEqualTo(4);
  }

  private static EnsembleConfig config(String setting) {
    return ConfigReader.of(List.of("family=ensemble", setting), EnsembleConfig.class);
  }
}
