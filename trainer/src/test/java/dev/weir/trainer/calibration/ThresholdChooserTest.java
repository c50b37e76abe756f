package dev.weir.trainer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.ThresholdBasis;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.calibration.ThresholdChooser.Labelled;
import dev.weir.trainer.config.ThresholdConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ThresholdChooserTest {
  private final double[] scores = exponential(5000, 3);
  private final Calibration calibration = CalibrationFitter.fit(scores);

  private static double[] exponential(int count, long seed) {
    Random random = new Random(seed);
    return random.doubles(count).map(u -> -Math.log1p(-u)).toArray();
  }

  private AlertThreshold choose(String setting) {
    return choose(setting, Optional.empty());
  }

  private AlertThreshold choose(String setting, Optional<Labelled> labelled) {
    ThresholdConfig config = ConfigReader.of(List.of(setting), ThresholdConfig.class);
    return new ThresholdChooser(calibration, scores).choose(config, labelled);
  }

  @Test
  void shouldTakeRateFromFittedDistribution() {
    // When
    AlertThreshold threshold = choose("falseAlarmRate=1e-4");

    // Then an exponential score reaches 9.21 so often
    assertThat(threshold.falseAlarmRate()).isEqualTo(1e-4);
    assertThat(threshold.score()).isCloseTo(-Math.log(1e-4), within(1.5));
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.FALSE_ALARM_RATE);
  }

  @Test
  void shouldTakeQuantileOfScores() {
    // When
    AlertThreshold threshold = choose("quantile=0.99");

    // Then
    assertThat(threshold.score()).isCloseTo(-Math.log(0.01), within(0.3));
    assertThat(threshold.falseAlarmRate()).isCloseTo(0.01, within(0.001));
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.QUANTILE);
  }

  @Test
  void shouldTakeMedianAbsoluteDeviations() {
    // When
    AlertThreshold threshold = choose("mad=4");

    // Then of an exponential distribution the median is 0.6931, the MAD 0.4812
    assertThat(threshold.score()).isCloseTo(0.6931 + 4 * 0.4812 / 0.67449, within(0.15));
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.MAD);
  }

  @Test
  void shouldTakeValueAsItIs() {
    // When
    AlertThreshold threshold = choose("value=2");

    // Then
    assertThat(threshold.score()).isEqualTo(2);
    assertThat(threshold.falseAlarmRate()).isCloseTo(Math.exp(-2), within(0.02));
  }

  @Test
  void shouldTakeBestOnLabels() {
    // Given
    Labelled labelled =
        new Labelled(new double[] {9, 8, 3, 2}, new boolean[] {true, true, false, false});

    // When
    AlertThreshold threshold = choose("labels=bestF1", Optional.of(labelled));

    // Then
    assertThat(threshold.score()).isEqualTo(8);
    assertThat(threshold.basis()).isEqualTo(ThresholdBasis.LABELS);
    assertThatThrownBy(
            () ->
                choose(
                    "labels=bestF1",
                    Optional.of(new Labelled(new double[] {1}, new boolean[] {true}))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("of one kind only");
    assertThatThrownBy(() -> choose("labels=bestF1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labelled.files");
  }

  @Test
  void shouldCoverTrueRateAboutAsOftenAsItSays() {
    // Given forty calibrations on scores of the same kind, whose true rate at 4 is known
    double truth = Math.exp(-4);
    int covered = 0;

    // When
    for (int seed = 0; seed < 40; seed++) {
      var interval = AlarmRateInterval.of(exponential(2000, 100 + seed), 4);
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }

    // Then 95 % of them, give or take what chance does to forty
    assertThat(covered).isBetween(33, 40);
  }

  @Test
  void shouldBeWiderWhereRowsFollowOnEachOther() {
    // Given the same scores, once shuffled and once in runs
    double[] runs = exponential(4000, 9);
    for (int i = 0; i < runs.length; i++) {
      runs[i] = runs[i / 16 * 16];
    }
    double[] shuffled = new double[runs.length];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(1));
    for (int i = 0; i < runs.length; i++) {
      shuffled[i] = runs[order.get(i)];
    }

    // When
    var inRuns = AlarmRateInterval.of(runs, 3);
    var alone = AlarmRateInterval.of(shuffled, 3);

    // Then
    assertThat(inRuns.high() - inRuns.low()).isGreaterThan(1.5 * (alone.high() - alone.low()));
  }
}
