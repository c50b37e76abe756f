package dev.weir.trainer.search;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.family.FittedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What all candidates of a search are judged on: rows of the history, and after them anomalies made
 * of these, each with what was before it. A model with a window sees the anomaly as its newest row.
 *
 * <p>All {@linkplain ProbeKind kinds} of anomalies are there, as many of one as of another; those
 * of several rows only if there are models with a window, of up to half of the shortest one. Of few
 * rows several anomalies each are made, so that chance has less of a say.
 */
public final class Probes {
  /** More rows than this do not make a comparison much surer, only slower. */
  private static final int MOST_ROWS = 4000;

  private static final int FEWEST_ANOMALIES = 1000;

  private final Rows rows;
  private final int[] previous;
  private final int[] newest;
  private final List<ProbeKind> kinds;

  private Probes(Rows rows, int[] previous, int[] newest, List<ProbeKind> kinds) {
    this.rows = rows;
    this.previous = previous;
    this.newest = newest;
    this.kinds = List.copyOf(kinds);
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
  public static Probes of(History history, int[] candidates, int shortest, int longest, long seed) {
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
    Builder builder = new Builder(history, kept, anomalies, shortest / 2);
    for (int row : judged) {
      builder.newest.add(Arrays.binarySearch(kept, row));
    }
    List<ProbeKind> kinds =
        Arrays.stream(ProbeKind.values())
            .filter(kind -> shortest > 1 || !kind.isOfSeveralRows())
            .toList();
    int wanted = Math.max(judged.length, FEWEST_ANOMALIES);
    for (int i = 0; i < wanted; i++) {
      int turn = i / judged.length;
      builder.add(kinds.get((i + turn) % kinds.size()), i % judged.length);
    }
    return builder.build();
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

  /** How many of them are rows of the history. */
  public int normals() {
    return newest.length - kinds.size();
  }

  /** How many of them are made up. */
  public int madeUp() {
    return kinds.size();
  }

  /** Which samples are made up, {@code [n]}. */
  boolean[] labels() {
    boolean[] labels = new boolean[newest.length];
    Arrays.fill(labels, normals(), labels.length, true);
    return labels;
  }

  /** How well a model tells the rows from the anomalies. */
  public Judgement judge(FittedModel model) {
    double[] scores = model.scores(samples(model.window()));
    Map<ProbeKind, Double> byKind = new EnumMap<>(ProbeKind.class);
    for (ProbeKind kind : EnumSet.copyOf(kinds)) {
      double[] own =
          IntStream.range(0, scores.length)
              .filter(i -> i < normals() || kinds.get(i - normals()) == kind)
              .mapToDouble(i -> scores[i])
              .toArray();
      boolean[] labels = new boolean[own.length];
      Arrays.fill(labels, normals(), labels.length, true);
      byKind.put(kind, RankingMetrics.of(own, labels).rocAuc());
    }
    return new Judgement(RankingMetrics.of(scores, labels()), byKind);
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
    private final List<ProbeKind> kinds = new ArrayList<>();
    private final Anomalies anomalies;
    private final int longestSegment;

    /** Begins with some rows of a history, rising. */
    Builder(History history, int[] kept, Anomalies anomalies, int longestSegment) {
      this.anomalies = anomalies;
      this.longestSegment = longestSegment;
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

    /**
     * Puts an anomaly in the place of one of the rows that are judged, if one can be made of it.
     */
    void add(ProbeKind kind, int judged) {
      int row = newest.get(judged);
      Optional<List<float[]>> segment =
          switch (kind) {
            case SWAPPED -> anomalies.swapped(judged).map(List::of);
            case TRANSPLANTED -> anomalies.transplanted(judged).map(List::of);
            case SPIKE -> anomalies.spike(judged).map(List::of);
            case DISPLACED -> anomalies.displaced(judged).map(List::of);
            case STRETCHED -> anomalies.stretched(judged).map(List::of);
            case OUT_OF_PLACE -> outOfPlace(newest.get(anomalies.another()), row);
            case LEVEL_SHIFT -> shifted(row);
          };
      segment.ifPresent(rows -> replace(row, rows, kind));
    }

    private Optional<List<float[]>> outOfPlace(int from, int to) {
      return Arrays.equals(values.get(from), values.get(to))
          ? Optional.empty()
          : Optional.of(segment(from, anomalies.upTo(longestSegment)));
    }

    private Optional<List<float[]>> shifted(int row) {
      double[] distances = anomalies.distances();
      List<float[]> shifted = new ArrayList<>();
      for (float[] one : segment(row, anomalies.upTo(longestSegment))) {
        Optional<float[]> moved = Anomalies.moved(one, distances);
        if (moved.isEmpty()) {
          return Optional.empty();
        }
        shifted.add(moved.get());
      }
      return Optional.of(shifted);
    }

    /** The last rows up to one, oldest first. */
    private List<float[]> segment(int newestRow, int length) {
      List<float[]> segment = new ArrayList<>();
      int row = newestRow;
      for (int i = 0; i < length; i++) {
        segment.add(0, values.get(row));
        row = previous.get(row);
      }
      return segment;
    }

    private int back(int row, int steps) {
      int before = row;
      for (int i = 0; i < steps; i++) {
        before = previous.get(before);
      }
      return before;
    }

    /** Puts rows in the place of the last ones up to a row. */
    private void replace(int row, List<float[]> segment, ProbeKind kind) {
      int before = back(row, segment.size());
      for (float[] one : segment) {
        before = add(one, before);
      }
      newest.add(before);
      kinds.add(kind);
    }

    Probes build() {
      int width = values.get(0).length;
      float[] all = new float[values.size() * width];
      for (int i = 0; i < values.size(); i++) {
        System.arraycopy(values.get(i), 0, all, i * width, width);
      }
      return new Probes(Rows.of(all, width), toArray(previous), toArray(newest), kinds);
    }

    private static int[] toArray(List<Integer> numbers) {
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
