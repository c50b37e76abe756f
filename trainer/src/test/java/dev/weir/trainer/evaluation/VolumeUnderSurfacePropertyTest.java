package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class VolumeUnderSurfacePropertyTest {

  @Property(seed = "20260")
  void shouldDependOnOrderOfScoresAlone(
      @ForAll("series") ScoredSeries series, @ForAll @IntRange(max = 40) int window) {
    // Given another scale on which the scores keep their order
    ScoredSeries rescaled = series.withScores(score -> Math.exp(score / 3) - 7);

    // When
    VolumeUnderSurface volume = volume(rescaled, window);

    // Then
    assertThat(volume).isEqualTo(volume(series, window));
  }

  @Property(seed = "20260")
  void shouldTreatPastAndFutureAlike(
      @ForAll("series") ScoredSeries series, @ForAll @IntRange(max = 40) int window) {
    // Given
    ScoredSeries reversed = series.reversed();

    // When
    VolumeUnderSurface volume = volume(reversed, window);

    // Then
    assertThat(volume.pr()).isCloseTo(volume(series, window).pr(), within(1e-12));
    assertThat(volume.roc()).isCloseTo(volume(series, window).roc(), within(1e-12));
  }

  @Property(seed = "20260")
  void shouldGivePerfectRankingOneWithoutWindow(@ForAll("series") ScoredSeries series) {
    // Given
    ScoredSeries perfect = series.rankedPerfectly();

    // When
    VolumeUnderSurface volume = volume(perfect, 0);

    // Then
    assertThat(volume.pr()).isCloseTo(1, within(1e-12));
    assertThat(volume.roc()).isCloseTo(1, within(1e-12));
  }

  @Property(seed = "20260")
  void shouldStayBetweenZeroAndOne(
      @ForAll("series") ScoredSeries series, @ForAll @IntRange(max = 40) int window) {
    // Given / When
    VolumeUnderSurface volume = volume(series, window);

    // Then
    assertThat(volume.pr()).isBetween(0.0, 1 + 1e-12);
    assertThat(volume.roc()).isBetween(0.0, 1 + 1e-12);
  }

  @Provide
  Arbitrary<ScoredSeries> series() {
    return ScoredSeries.arbitrary();
  }

  private static VolumeUnderSurface volume(ScoredSeries series, int window) {
    return VolumeUnderSurface.of(series.scores(), series.labels(), window);
  }
}
