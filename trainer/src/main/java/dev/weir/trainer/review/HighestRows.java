package dev.weir.trainer.review;

import dev.weir.model.bundle.NotableRow;
import dev.weir.model.calibration.Calibration;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Keeps the samples with the highest scores, and why they score so. Fed batch by batch. */
public final class HighestRows {
  private static final Comparator<Kept> LOWEST_FIRST =
      Comparator.comparingDouble(Kept::score)
          .thenComparing(Comparator.comparingInt(Kept::sample).reversed());

  private static final double SMALLEST_SHARE = 0.01;

  private final int size;
  private final int partsOfEach;
  private final PriorityQueue<Kept> kept = new PriorityQueue<>(LOWEST_FIRST);

  @SuppressWarnings("ArrayRecordComponent") // kept within this class, never changed
  private record Kept(int sample, float score, float[] contributions, float[] expected) {}

  /**
   * Begins with none.
   *
   * @param size how many samples are kept
   * @param partsOfEach how many features are named of each
   */
  public HighestRows(int size, int partsOfEach) {
    this.size = size;
    this.partsOfEach = partsOfEach;
  }

  /**
   * Adds a batch.
   *
   * @param first the index of its first sample
   * @param scores float32 {@code [b]}
   * @param contributions float32 {@code [b, d]}
   * @param expected float32 {@code [b, d]}
   */
  public void add(int first, float[] scores, float[] contributions, float[] expected) {
    int width = contributions.length / scores.length;
    for (int i = 0; i < scores.length; i++) {
      if (kept.size() < size || scores[i] > kept.element().score()) {
        if (kept.size() == size) {
          kept.remove();
        }
        kept.add(
            new Kept(
                first + i,
                scores[i],
                Arrays.copyOfRange(contributions, i * width, (i + 1) * width),
                Arrays.copyOfRange(expected, i * width, (i + 1) * width)));
      }
    }
  }

  /** The samples that were kept, highest score first; of equal scores the earlier one. */
  public int[] samples() {
    return kept.stream().sorted(LOWEST_FIRST.reversed()).mapToInt(Kept::sample).toArray();
  }

  /** What there is to say of them, highest score first. */
  public List<NotableRow> describe(Samples samples, History history, Calibration calibration) {
    List<NotableRow> rows = new ArrayList<>();
    for (Kept one : kept.stream().sorted(LOWEST_FIRST.reversed()).toList()) {
      int row = samples.row(one.sample());
      Instant time = history.time(row).orElse(null);
      rows.add(
          new NotableRow(
              row + 1L,
              time,
              history.key(row).orElse(null),
              one.score(),
              calibration.exceedance(one.score()),
              parts(one, samples, history)));
    }
    return rows;
  }

  private List<NotableRow.Part> parts(Kept one, Samples samples, History history) {
    return IntStream.range(0, one.contributions().length)
        .boxed()
        .filter(j -> one.contributions()[j] >= SMALLEST_SHARE * one.score())
        .sorted(Comparator.comparingDouble(j -> -one.contributions()[j]))
        .limit(partsOfEach)
        .map(
            j ->
                new NotableRow.Part(
                    history.features().names().get(j),
                    number(samples.at(one.sample(), j)),
                    number(one.expected()[j]),
                    Math.min(1, one.contributions()[j] / one.score())))
        .toList();
  }

  private static Double number(float value) {
    return Float.isFinite(value) ? (double) value : null;
  }
}
