package dev.weir.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.SearchConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.contamination.TrimmedFit;
import dev.weir.trainer.contamination.Trimming;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.CandidateReport;
import dev.weir.trainer.network.CheckpointFailedException;
import dev.weir.trainer.network.DamagedCheckpointException;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingStoppedException;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SearchTest {
  private final History history = new Manifold(5).history(1000);
  private final RecordedProgress progress = new RecordedProgress();
  private final List<String> fitted = new ArrayList<>();
  private long now;

  private record Holder(SearchConfig search) {}

  @Test
  void shouldKeepTheCandidateThatTellsMadeUpAnomaliesBest() {
    // When
    Found found =
        search(
            "[{family: pca}, {family: som}, {family: vae}]",
            "1h",
            SearchTest::wrong,
            SearchTest::perfect,
            SearchTest::blind);

    // Then
    assertThat(found.model().family()).isEqualTo("som");
    assertThat(found.fit().model().family()).isEqualTo("som");
    assertThat(progress.steps()).endsWith("keeping som");
    assertThat(found.summary().normalRows()).isEqualTo(150);
    assertThat(found.summary().madeUpRows()).isEqualTo(1000);
    assertThat(found.summary().candidates())
        .containsExactly(
            new CandidateSummary("pca", CandidateState.JUDGED, 0.0, false, null),
            new CandidateSummary("som", CandidateState.JUDGED, 1.0, true, null),
            new CandidateSummary("vae", CandidateState.JUDGED, 0.5, false, null));
  }

  @Test
  void shouldKeepTheEarlierOneOfEqualCandidates() {
    Found found =
        search("[{family: pca}, {family: som}]", "1h", SearchTest::perfect, SearchTest::perfect);

    assertThat(found.model().family()).isEqualTo("pca");
    assertThat(found.summary().candidates())
        .extracting(CandidateSummary::chosen)
        .containsExactly(true, false);
  }

  @Test
  void shouldBeginNoFurtherCandidateOnceTheBudgetIsSpentAndFinishWhatHasBegun() {
    // When each takes a minute
    Found found =
        search(
            "[{family: pca}, {family: som}, {family: vae}, {family: autoencoder}]",
            "90s",
            SearchTest::blind,
            SearchTest::perfect,
            SearchTest::perfect,
            SearchTest::perfect);

    // Then the second one ends after the budget, and counts
    assertThat(found.model().family()).isEqualTo("som");
    assertThat(fitted).containsExactly("pca", "som");
    assertThat(found.summary().candidates())
        .extracting(CandidateSummary::state)
        .containsExactly(
            CandidateState.JUDGED,
            CandidateState.JUDGED,
            CandidateState.NOT_TRIED,
            CandidateState.NOT_TRIED);
    assertThat(progress.warnings())
        .containsExactly(
            "search: search.budget was spent before these were tried: vae; autoencoder");
  }

  @Test
  void shouldPassOverCandidatesThatFailWhateverTheBudget() {
    // When the first two fail, one for too little history, one for no number as a score
    Found found =
        search(
            "[{family: pca, window: 900}, {family: som}, {family: vae}, {family: autoencoder}]",
            "1ms",
            SearchTest::perfect,
            i -> Double.NaN,
            SearchTest::blind,
            SearchTest::perfect);

    // Then
    assertThat(fitted).containsExactly("som", "vae");
    assertThat(found.model().family()).isEqualTo("vae");
    List<CandidateSummary> candidates = found.summary().candidates();
    assertThat(candidates)
        .extracting(CandidateSummary::state)
        .containsExactly(
            CandidateState.FAILED,
            CandidateState.FAILED,
            CandidateState.JUDGED,
            CandidateState.NOT_TRIED);
    assertThat(candidates.get(0).reason())
        .startsWith("too little history: a manifold has 101 usable windows of 900 rows");
    assertThat(candidates.get(1).reason()).contains("NaN");
    assertThat(progress.warnings())
        .hasSize(3)
        .anyMatch(warning -> warning.startsWith("search: pca (window 900) failed: too little"));
  }

  @Test
  void shouldSayWhyIfAllCandidatesFail() {
    assertThatThrownBy(
            () ->
                search(
                    "[{family: pca, window: 900}, {family: som}]", "1h", SearchTest::blind, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "search: none of the candidates could be fitted. pca (window 900): too")
        .hasMessageContaining("; som: nothing to learn");
    assertThatThrownBy(() -> search("[{family: pca, window: 900}]", "1h", SearchTest::blind))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pca (window 900): too little history");
  }

  /** A full disk, or Ctrl-C, is not a candidate's fault: passing over it would keep another one. */
  @Test
  void shouldEndWithWhatIsNoFaultOfACandidate() {
    for (RuntimeException failure :
        List.of(
            new CheckpointFailedException("no space left", null),
            new DamagedCheckpointException("damaged", null),
            new TrainingStoppedException("stopped"))) {
      SearchConfig config =
          ConfigReader.of(List.of("search.candidates=[{family: pca}]"), Holder.class).search();
      CandidateFitter failing =
          (candidate, model, whole, heard) -> {
            throw failure;
          };

      assertThatThrownBy(
              () ->
                  new Search(config, history, SplitConfig.DEFAULT, failing, progress, () -> now)
                      .run())
          .isSameAs(failure);
    }
  }

  @Test
  void shouldRefuseWindowsWhoseValidationPartsHaveTooLittleInCommon() {
    assertThatThrownBy(
            () ->
                search(
                    "[{family: pca}, {family: pca, window: 790}]",
                    "1h",
                    SearchTest::blind,
                    SearchTest::blind))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("windows of 1, 790 rows have only 0 rows in common");
  }

  @Test
  void shouldTellOfEveryChangeAndOfTheTimeThatAFitTook() {
    // When
    search("[{family: pca}, {family: som}]", "1h", SearchTest::blind, SearchTest::perfect);

    // Then
    assertThat(progress.candidates().stream().map(SearchTest::states))
        .containsExactly("FITTING WAITING", "JUDGED* WAITING", "JUDGED* FITTING", "JUDGED JUDGED*");
    List<CandidateReport> last = progress.candidates().get(3);
    assertThat(last).extracting(CandidateReport::took).containsOnly(Duration.ofMinutes(1));
  }

  @Test
  void shouldWarnOfWhatTheKeptModelHasToSayOnly() {
    search("[{family: pca}, {family: som}]", "1h", SearchTest::blind, SearchTest::perfect);

    assertThat(progress.warnings()).containsExactly("som has something to say");
  }

  private Found search(String candidates, String budget, IntToDoubleFunction... scores) {
    SearchConfig config =
        ConfigReader.of(
                List.of("search.candidates=" + candidates, "search.budget=" + budget), Holder.class)
            .search();
    CandidateFitter fitter =
        (candidate, model, whole, heard) -> {
          fitted.add(model.family());
          now += Duration.ofMinutes(1).toNanos();
          IntToDoubleFunction own = scores[config.candidates().indexOf(model)];
          if (own == null) {
            throw new InvalidInputException("nothing to learn");
          }
          if (scores.length == 2) {
            heard.warning(model.family() + " has something to say");
          }
          return new TrimmedFit(new FakeModel(model, own), Trimming.none(whole));
        };
    return new Search(config, history, SplitConfig.DEFAULT, fitter, progress, () -> now).run();
  }

  /** The made-up anomalies come last among the samples, and score highest. */
  private static double perfect(int sample) {
    return sample;
  }

  private static double blind(int sample) {
    return 0 * sample;
  }

  private static double wrong(int sample) {
    return -sample;
  }

  private static String states(List<CandidateReport> reports) {
    List<String> states = new ArrayList<>();
    for (CandidateReport report : reports) {
      states.add(report.candidate().state() + (report.candidate().chosen() ? "*" : ""));
    }
    return String.join(" ", states);
  }

  /** Scores by the place of a sample: the made-up ones come last. */
  private record FakeModel(ModelConfig config, IntToDoubleFunction score) implements FittedModel {
    @Override
    public String family() {
      return config.family();
    }

    @Override
    public int window() {
      return config.window();
    }

    @Override
    public double[] scores(Samples samples) {
      double[] scores = new double[samples.count()];
      Arrays.setAll(scores, score);
      return scores;
    }

    @Override
    public Preprocessor preprocessor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public GraphOutputs append(GraphFrame frame) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> hyperparameters() {
      return Map.of();
    }

    @Override
    public List<EpochReport> epochs() {
      return List.of();
    }
  }
}
