package dev.weir.trainer.search;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What all candidates of a search are judged on: rows of the history, and after them anomalies made
 * of these, each with what was before it. A model with a window sees the anomaly as its newest row.
 *
 * <p>One in three anomalies has swapped values, two have moved ones. If there are models with a
 * window, there is a fourth whose rows are right in themselves, at the wrong moment: the last rows
 * of a window, up to half of the shortest one, are those of another.
 */
final class Probes {
  /** More rows than this do not make a comparison much surer, only slower. */
  private static final int MOST_ROWS = 4000;

  private final Rows rows;
  private final int[] previous;
  private final int[] newest;
  private final int normals;

  private Probes(Rows rows, int[] previous, int[] newest, int normals) {
    this.rows = rows;
    this.previous = previous;
    this.newest = newest;
    this.normals = normals;
  }

  /**
   * Makes anomalies of some rows.
   *
   * @param candidates places in the history, rising, each with as many rows of its key before it as
   *     the longest window has; of too many some are taken
   * @param shortest the shortest window above 1 of any model, or 1 if there is none
   * @param longest the longest window of any model
   * @throws InvalidInputException if all rows are the same
   */
  static Probes of(History history, int[] candidates, int shortest, int longest, long seed) {
    int[] judged = thinned(candidates);
    int[] links = history.linked().previous();
    int[] kept = withContext(judged, links, longest);
    Anomalies anomalies =
        new Anomalies(Samples.of(history.rows()).pick(judged), history.features(), seed);
    if (anomalies.isNothingToSwap()) {
      throw new InvalidInputException(
          "search: all rows of the validation part of "
              + history.origin()
              + " are the same, so nothing tells one model from another; name the model under"
              + " 'model', or give the training more history");
    }
    Builder builder = new Builder(history, kept);
    int kinds = shortest > 1 ? 4 : 3;
    for (int row : judged) {
      builder.newest.add(Arrays.binarySearch(kept, row));
    }
    for (int i = 0; i < judged.length; i++) {
      int row = builder.newest.get(i);
      switch (i % kinds) {
        case 0 -> builder.addRow(anomalies.swapped(i), row);
        case 1, 2 -> builder.addRow(anomalies.moved(i), row);
        default -> {
          int length = anomalies.upTo(shortest / 2);
          builder.addSegment(builder.newest.get(anomalies.another()), row, length);
        }
      }
    }
    return builder.build(judged.length);
  }

  private static int[] thinned(int[] rows) {
    int count = Math.min(MOST_ROWS, rows.length);
    int[] thinned = new int[count];
    Arrays.setAll(thinned, i -> rows[(int) ((long) i * rows.length / count)]);
    return thinned;
  }

  /** The rows, and those before them that a window reaches, rising. */
  private static int[] withContext(int[] judged, int[] links, int window) {
    BitSet kept = new BitSet();
    for (int newest : judged) {
      int row = newest;
      for (int i = 0; i < window && row >= 0; i++) {
        kept.set(row);
        row = window == 1 ? -1 : links[row];
      }
    }
    return kept.stream().toArray();
  }

  int normals() {
    return normals;
  }

  int madeUp() {
    return newest.length - normals;
  }

  /** Which samples are made up, {@code [n]}. */
  boolean[] labels() {
    boolean[] labels = new boolean[newest.length];
    Arrays.fill(labels, normals, labels.length, true);
    return labels;
  }

  /** What a model with a window of so many rows sees: first the rows, then the anomalies. */
  Samples samples(int window) {
    Samples all = Samples.of(rows, previous, window);
    int[] places = new int[rows.count()];
    Arrays.fill(places, -1);
    for (int i = 0; i < all.count(); i++) {
      places[all.row(i)] = i;
    }
    return all.pick(Arrays.stream(newest).map(row -> places[row]).toArray());
  }

  /** Puts the rows together. */
  private static final class Builder {
    private final List<float[]> values = new ArrayList<>();
    private final List<Integer> previous = new ArrayList<>();
    private final List<Integer> newest = new ArrayList<>();

    /** Begins with some rows of a history, rising. */
    Builder(History history, int[] kept) {
      int[] links = history.linked().previous();
      for (int row : kept) {
        int before = links[row] < 0 ? -1 : Arrays.binarySearch(kept, links[row]);
        add(history.rows().copy(row, row + 1), Math.max(-1, before));
      }
    }

    private int add(float[] row, int before) {
      values.add(row);
      previous.add(before);
      return values.size() - 1;
    }

    /** Puts an anomaly, if there is one, in a row's place. */
    void addRow(Optional<float[]> anomaly, int row) {
      anomaly.ifPresent(values -> newest.add(add(values, previous.get(row))));
    }

    /** Puts the last rows of one row's window in the place of those of another's. */
    void addSegment(int from, int to, int length) {
      if (Arrays.equals(values.get(from), values.get(to))) {
        return;
      }
      List<float[]> segment = new ArrayList<>();
      int source = from;
      int before = to;
      for (int i = 0; i < length; i++) {
        segment.add(0, values.get(source));
        source = previous.get(source);
        before = previous.get(before);
      }
      for (float[] row : segment) {
        before = add(row, before);
      }
      newest.add(before);
    }

    Probes build(int normals) {
      int width = values.get(0).length;
      float[] all = new float[values.size() * width];
      for (int i = 0; i < values.size(); i++) {
        System.arraycopy(values.get(i), 0, all, i * width, width);
      }
      return new Probes(Rows.of(all, width), toArray(previous), toArray(newest), normals);
    }

    private static int[] toArray(List<Integer> numbers) {
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
