package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.record.FieldValues;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpreadCollectorTest {

  @Test
  void shouldSeeWhatSinglePrecisionLoses() {
    // Given a column far from zero, one that is missing at times, one without a value, and one
    // that is not followed
    int[] slots = {0, 1, 2, SpreadCollector.NOT_FOLLOWED};
    SpreadCollector collector = new SpreadCollector(slots);
    FieldValues values = new FieldValues(3);
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      values.clear();
      values.setNumber(0, 1e9 + 3 * random.nextGaussian());
      if (i % 2 == 0) {
        values.setNumber(1, i % 4 == 0 ? 5 : 7);
      } else {
        values.setNull(1);
      }
      collector.add(values);
    }

    // When
    List<Spread> spreads = collector.spreads();

    // Then
    assertThat(spreads.get(0).mean()).isCloseTo(1e9, within(0.1));
    assertThat(spreads.get(0).deviation()).isCloseTo(3, within(0.1));
    assertThat(spreads.get(0).isLostInSinglePrecision()).isTrue();
    assertThat(spreads.get(1).deviation()).isCloseTo(1, within(1e-9));
    assertThat(spreads.get(1).mean()).isCloseTo(6, within(1e-9));
    assertThat(spreads.get(1).isLostInSinglePrecision()).isFalse();
    assertThat(spreads.get(2)).isEqualTo(new Spread(0, 0));
    assertThat(spreads.get(3)).isEqualTo(new Spread(0, 0));
    assertThat(spreads.get(2).isLostInSinglePrecision()).isFalse();
  }
}
