package dev.weir.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.Fits;
import dev.weir.trainer.family.FittedModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final int[] JUDGED = IntStream.range(700, 850).toArray();

  private final History history = new Manifold(5).history(1000);

  @Test
  void shouldHoldRowsOfTheHistoryAndThenAnomaliesMadeOfThem() {
    // When
    Probes probes = Probes.of(history, JUDGED, 1, 1, 1);

    // Then
    Samples samples = probes.samples(1);
    assertThat(probes.normals()).isEqualTo(150);
    assertThat(probes.madeUp()).isEqualTo(1000);
    assertThat(samples.count()).isEqualTo(1150);
    for (int i = 0; i < 150; i++) {
      assertThat(row(samples, i)).isEqualTo(history.rows().copy(700 + i, 701 + i));
      assertThat(probes.labels()[i]).isFalse();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(row(samples, 150 + i)).isNotEqualTo(row(samples, i % 150));
      assertThat(probes.labels()[150 + i]).isTrue();
    }
  }

  @Test
  void shouldTakeNoValueFromOutsideOfTheRowsThatAreJudged() {
    // Given another history that is the same there, and nowhere else
    float[] values = new Manifold(99).rows(1000).copy();
    int width = Manifold.WIDTH;
    System.arraycopy(history.rows().copy(700, 850), 0, values, 700 * width, 150 * width);
    History other = Manifold.history(Rows.of(values, width));

    // Then
    assertThat(Probes.of(other, JUDGED, 1, 1, 1).samples(1).copy())
        .isEqualTo(Probes.of(history, JUDGED, 1, 1, 1).samples(1).copy());
  }

  @Test
  void shouldBeTheSameForTheSameSeed() {
    float[] first = Probes.of(history, JUDGED, 4, 8, 1).samples(8).copy();

    assertThat(Probes.of(history, JUDGED, 4, 8, 1).samples(8).copy()).isEqualTo(first);
    assertThat(Probes.of(history, JUDGED, 4, 8, 2).samples(8).copy()).isNotEqualTo(first);
  }

  @Test
  void shouldShowEveryWindowTheSameNewestRows() {
    // When
    Probes probes = Probes.of(history, JUDGED, 4, 8, 1);

    // Then
    Samples alone = probes.samples(1);
    Samples windows = probes.samples(8);
    assertThat(windows.count()).isEqualTo(alone.count());
    float[] window = new float[8 * Manifold.WIDTH];
    for (int i = 0; i < alone.count(); i++) {
      assertThat(row(windows, i)).isEqualTo(row(alone, i));
      windows.copy(i, window, 0);
      if (i < 150) {
        assertThat(window).isEqualTo(history.rows().copy(700 + i - 7, 700 + i + 1));
      }
    }
  }

  @Test
  void shouldKeepWhatWasBeforeAnAnomalyOfUpToHalfAWindow() {
    // Given
    Probes probes = Probes.of(history, JUDGED, 4, 4, 1);
    Samples windows = probes.samples(4);
    Set<String> all = new HashSet<>();
    for (int i = 0; i < history.rows().count(); i++) {
      all.add(Arrays.toString(history.rows().copy(i, i + 1)));
    }
    int width = Manifold.WIDTH;
    int[] kinds = new int[4];
    float[] window = new float[4 * width];

    // When
    for (int i = 150; i < windows.count(); i++) {
      windows.copy(i, window, 0);
      // Then rows up to the middle are of the history
      for (int k = 0; k < 2; k++) {
        assertThat(all)
            .contains(Arrays.toString(Arrays.copyOfRange(window, k * width, (k + 1) * width)));
      }
      boolean third =
          all.contains(Arrays.toString(Arrays.copyOfRange(window, 2 * width, 3 * width)));
      boolean newest =
          all.contains(Arrays.toString(Arrays.copyOfRange(window, 3 * width, 4 * width)));
      kinds[(third ? 1 : 0) + (newest ? 2 : 0)]++;
    }

    // Then of seven kinds one has rows of the history at the wrong moment, and one a shift of which
    // half are two rows long
    assertThat(kinds[3]).isBetween(138, 143);
    assertThat(kinds[2]).isZero();
    assertThat(kinds[0]).isBetween(50, 93);
  }

  @Test
  void shouldSayHowWellEachKindIsTold() {
    // Given
    Probes probes = Probes.of(history, JUDGED, 4, 4, 1);
    FittedModel model =
        Fits.fit(TimeSplit.of(history, 4, SplitConfig.DEFAULT), "family=pca", "window=4");

    // When
    Judgement judgement = probes.judge(model);

    // Then
    assertThat(judgement.rocAucByKind()).containsOnlyKeys(ProbeKind.values());
    double mean =
        judgement.rocAucByKind().values().stream().mapToDouble(Double::doubleValue).sum() / 7;
    assertThat(judgement.overall().rocAuc()).isCloseTo(mean, within(0.01)).isGreaterThan(0.8);
    assertThat(Probes.of(history, JUDGED, 1, 1, 1).judge(pca()).rocAucByKind())
        .doesNotContainKeys(ProbeKind.OUT_OF_PLACE, ProbeKind.LEVEL_SHIFT)
        .hasSize(5);
  }

  private FittedModel pca() {
    return Fits.fit(TimeSplit.of(history, 1, SplitConfig.DEFAULT), "family=pca");
  }

  @Test
  void shouldFollowTheKeysOfAHistory() {
    // Given two keys in turn
    Rows rows = new Manifold(5).rows(1000);
    RowsBuilder builder = new RowsBuilder(Manifold.WIDTH);
    for (int i = 0; i < 1000; i++) {
      builder.add(rows.copy(i, i + 1), i, i % 2);
    }
    LinkedRows linked = builder.build();
    History keyed =
        new History(
            FeatureSpec.numeric(Manifold.NAMES), linked, List.of(), 0, List.of(), "two keys");

    // When
    Samples windows = Probes.of(keyed, JUDGED, 2, 2, 1).samples(2);

    // Then
    float[] window = new float[2 * Manifold.WIDTH];
    for (int i = 0; i < 150; i++) {
      windows.copy(i, window, 0);
      assertThat(Arrays.copyOf(window, Manifold.WIDTH)).isEqualTo(rows.copy(698 + i, 699 + i));
    }
  }

  @Test
  void shouldJudgeOnSomeOfVeryManyRows() {
    Probes probes =
        Probes.of(new Manifold(5).history(9000), IntStream.range(0, 9000).toArray(), 1, 1, 1);

    assertThat(probes.normals()).isEqualTo(4000);
    assertThat(probes.samples(1).count()).isEqualTo(8000);
  }

  @Test
  void shouldRefuseRowsThatAreAllTheSame() {
    History flat = Manifold.history(Rows.of(new float[8000], Manifold.WIDTH));

    assertThatThrownBy(() -> Probes.of(flat, JUDGED, 1, 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "search: all rows of the validation part of a manifold are the same")
        .hasMessageContaining("name the model under 'model'");
  }

  private static float[] row(Samples samples, int sample) {
    float[] row = new float[samples.width()];
    for (int j = 0; j < row.length; j++) {
      row[j] = samples.at(sample, j);
    }
    return row;
  }
}
