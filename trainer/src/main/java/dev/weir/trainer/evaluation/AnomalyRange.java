package dev.weir.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of neighbouring points of a series.
 *
 * @param first the index of its first point
 * @param last the index of its last point, at least {@code first}
 */
public record AnomalyRange(int first, int last) {

  /** The runs of anomalous points, in order, each as long as possible. */
  static List<AnomalyRange> of(boolean[] labels) {
    List<AnomalyRange> ranges = new ArrayList<>();
    int next = 0;
    while (next < labels.length) {
      int first = next;
      while (next < labels.length && labels[next]) {
        next++;
      }
      if (next > first) {
        ranges.add(new AnomalyRange(first, next - 1));
      }
      next++;
    }
    return ranges;
  }

  /**
   * Widens ranges by {@code buffer} points on either side, within a series of {@code length}
   * points, and joins those that then share a point.
   */
  static List<AnomalyRange> widened(List<AnomalyRange> ranges, int buffer, int length) {
    List<AnomalyRange> wide = new ArrayList<>();
    for (AnomalyRange range : ranges) {
      int first = Math.max(range.first - buffer, 0);
      int last = Math.min(range.last + buffer, length - 1);
      int previous = wide.size() - 1;
      if (previous >= 0 && wide.get(previous).last >= first) {
        wide.set(previous, new AnomalyRange(wide.get(previous).first, last));
      } else {
        wide.add(new AnomalyRange(first, last));
      }
    }
    return wide;
  }
}
