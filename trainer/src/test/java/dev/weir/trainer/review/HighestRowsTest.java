package dev.weir.trainer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.NotableRow;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Rows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HighestRowsTest {
  private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
  private static final Calibration CALIBRATION =
      new Calibration(new double[] {0, 1}, new ParetoTail(1, 0.1, 0, 1), 100);

  @Test
  void shouldKeepHighestWithTimesAndReasons() {
    // Given six rows of two features, in two batches
    HighestRows highest = new HighestRows(2, 3);

    // When
    highest.add(
        0, new float[] {1, 5, 2}, new float[] {1, 0, 1, 4, 1, 1}, new float[] {9, 9, 8, 7, 9, 9});
    highest.add(
        3, new float[] {5, 9, 0}, new float[] {5, 0, 9, 0, 0, 0}, new float[] {6, 6, 4, 5, 6, 6});

    // Then
    assertThat(highest.samples()).containsExactly(4, 1);
    List<NotableRow> rows = highest.describe(history().samples(1), history(), CALIBRATION);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).row()).isEqualTo(5);
    assertThat(rows.get(0).time()).isEqualTo(START.plusSeconds(240));
    assertThat(rows.get(0).key()).isEqualTo("x");
    assertThat(rows.get(1).key()).isEqualTo("y");
    assertThat(rows.get(0).probability()).isCloseTo(0.1 * Math.exp(-8), within(1e-12));
    assertThat(rows.get(0).parts()).containsExactly(new NotableRow.Part("a", 8.0, 4.0, 1));
    assertThat(rows.get(1).parts())
        .containsExactly(
            new NotableRow.Part("b", null, 7.0, 4 / 5f),
            new NotableRow.Part("a", 2.0, 8.0, 1 / 5f));
  }

  private static History history() {
    float[] values = new float[12];
    long[] times = new long[6];
    int[] previous = new int[6];
    for (int i = 0; i < 6; i++) {
      values[2 * i] = 2 * i;
      values[2 * i + 1] = i == 1 ? Float.NaN : i;
      times[i] = START.plusSeconds(60L * i).toEpochMilli();
      previous[i] = i - 1;
    }
    return new History(
        FeatureSpec.numeric(List.of("a", "b")),
        new LinkedRows(Rows.of(values, 2), previous, times, new int[] {0, 1, 0, 1, 0, 1}),
        List.of(),
        0,
        List.of(),
        "test",
        List.of("x", "y"),
        true);
  }
}
