package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OneClassSplitTest {

  @Test
  void shouldLearnFromHalfOfTheNormalRowsAndTestOnAllOthers() {
    // Given: 30 of 300 rows are anomalous
    boolean[] labels = labels(300, 10);

    // When
    OneClassSplit split = OneClassSplit.of(labels, 1);

    // Then
    assertThat(split.training()).hasSize(122);
    assertThat(split.validation()).hasSize(13);
    assertThat(split.test()).hasSize(165);
    assertThat(all(split))
        .containsExactlyInAnyOrder(IntStream.range(0, 300).boxed().toArray(Integer[]::new));
    assertThat(Arrays.stream(split.training())).noneMatch(row -> labels[row]);
    assertThat(Arrays.stream(split.validation())).noneMatch(row -> labels[row]);
    assertThat(Arrays.stream(split.test()).filter(row -> labels[row]).count()).isEqualTo(30);
  }

  @Test
  void shouldDrawAtMostTenThousandRowsWithoutRegardToTheirLabels() {
    // Given: a fifth of 50,000 rows is anomalous
    boolean[] labels = labels(50_000, 5);

    // When
    OneClassSplit split = OneClassSplit.of(labels, 1);

    // Then
    assertThat(all(split)).hasSize(10_000).doesNotHaveDuplicates();
    // Four standard deviations of the number of anomalies drawn, 36 each
    assertThat(Arrays.stream(split.test()).filter(row -> labels[row]).count())
        .isBetween(1856L, 2144L);
    assertThat(all(split)).anyMatch(row -> row > 49_000);
  }

  @Test
  void shouldDependOnTheSeedAlone() {
    boolean[] labels = labels(300, 10);
    assertThat(OneClassSplit.of(labels, 2).training())
        .isEqualTo(OneClassSplit.of(labels, 2).training())
        .isNotEqualTo(OneClassSplit.of(labels, 3).training());
  }

  private static Integer[] all(OneClassSplit split) {
    return Stream.of(split.training(), split.validation(), split.test())
        .flatMapToInt(Arrays::stream)
        .boxed()
        .toArray(Integer[]::new);
  }

  private static boolean[] labels(int rows, int every) {
    boolean[] labels = new boolean[rows];
    for (int row = 0; row < rows; row += every) {
      labels[row] = true;
    }
    return labels;
  }
}
