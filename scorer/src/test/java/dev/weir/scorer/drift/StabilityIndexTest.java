package dev.weir.scorer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {

  @Test
  void shouldBeWhatTheFormulaSays() {
    // Given shares of 1/2, 1/4, 1/4 and 1/4, 1/4, 1/2 once half a row is added to each bin
    double[] expected = {499.5, 249.5, 249.5};
    long[] counts = {9, 9, 2499, 2499, 4999};

    // Then: 2 * (1/4) * ln 2
    assertThat(StabilityIndex.of(expected, counts, 2)).isCloseTo(0.5 * Math.log(2), within(2e-4));
  }

  @Test
  void shouldBeFiniteWhereABinIsEmpty() {
    assertThat(StabilityIndex.of(new double[] {0, 1000}, new long[] {500, 0}, 0))
        .isFinite()
        .isGreaterThan(5);
    assertThat(StabilityIndex.of(new double[] {0, 0}, new long[] {0, 0}, 0)).isZero();
  }

  @Property(tries = 200)
  void shouldNeverBeNegativeAndBeZeroForTheSameShares(
      @ForAll @Size(6) List<@IntRange(max = 100_000) Integer> rows) {
    double[] expected = new double[6];
    long[] same = new long[6];
    long[] turned = new long[6];
    for (int i = 0; i < 6; i++) {
      expected[i] = rows.get(i);
      same[i] = rows.get(i);
      turned[5 - i] = rows.get(i);
    }

    assertThat(StabilityIndex.of(expected, same, 0)).isCloseTo(0, within(1e-12));
    assertThat(StabilityIndex.of(expected, turned, 0)).isGreaterThan(-1e-12);
  }
}
