package dev.weir.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextPlateTest {
  @Test
  void shouldDrawOneLetterForEachValue() {
    assertThat(TextPlate.line(List.of(0.0, 0.5, 1.0, 2.0), 0, 1)).isEqualTo("▁▅██");
    assertThat(TextPlate.line(List.of(3.0, 3.0), 3, 3)).isEqualTo("▁▁");
  }

  @Test
  void shouldDrawMeansOfNeighboursIfThereAreTooManyValues() {
    List<Double> rising = IntStream.range(0, 720).mapToObj(i -> (double) i).toList();

    String line = TextPlate.line(rising, 0, 719);

    assertThat(line).hasSize(72).startsWith("▁▁").endsWith("██");
  }

  @Test
  void shouldDrawGridRowByRow() {
    assertThat(TextPlate.grid(List.of(0, 1, 2, 3, 4, 4), 3, 2)).containsExactly(" ░", "▒▓", "██");
  }

  @Test
  void shouldDrawLargestOfNeighboursIfThereAreTooManyCells() {
    // Given one wild cell in 100 x 100, and one column of it that stands out
    List<Double> cells =
        IntStream.range(0, 10_000).mapToObj(i -> i == 5 ? 1e9 : i % 100 == 99 ? 1.0 : 0.0).toList();

    List<String> lines = TextPlate.grid(cells, 100, 100);

    assertThat(lines).hasSize(36).allMatch(line -> line.length() == 72 && line.endsWith("█"));
    assertThat(lines.get(0).chars().filter(letter -> letter == '█')).hasSize(2);
    assertThat(lines.get(1).chars().filter(letter -> letter == '█')).hasSize(1);
  }
}
