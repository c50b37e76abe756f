package dev.weir.model.feature;

import dev.weir.model.record.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the states of one encoder hold: for which fields how many values, and how many rows.
 * Immutable.
 */
final class StateLayout {
  /** Of a key. Kafka's limit for a record is 1 MiB, and a state is one in a store's changelog. */
  static final int MOST_BYTES = 1_000_000;

  private final List<FieldPath> paths = new ArrayList<>();
  private final List<Integer> capacities = new ArrayList<>();
  private final int width;
  private final int earlierRows;
  private final int longest;
  private final int fingerprint;

  StateLayout(FeatureSpec spec, int window) {
    this(spec, window, MOST_BYTES);
  }

  private StateLayout(FeatureSpec spec, int window, long limit) {
    width = spec.width();
    earlierRows = window - 1;
    for (Feature feature : spec.features()) {
      if (feature.transform().isStateful()) {
        add(feature.path(), feature.rows() == null ? 1 : feature.rows() - 1);
      }
    }
    longest =
        Math.max(1, Math.max(earlierRows, capacities.stream().mapToInt(i -> i).max().orElse(0)));
    fingerprint = fingerprint(spec, window);
    if (exactBytes(longest) > limit) {
      throw new IllegalArgumentException(
          "the state of a key would take up to "
              + exactBytes(longest)
              + " bytes, and "
              + limit
              + " are the most; have fewer features, a shorter window, or fewer rows in rolling"
              + " transforms");
    }
  }

  private void add(FieldPath path, int capacity) {
    int ring = paths.indexOf(path);
    if (ring < 0) {
      paths.add(path);
      capacities.add(capacity);
    } else {
      capacities.set(ring, Math.max(capacities.get(ring), capacity));
    }
  }

  /** Of what decides how encoded values are to be read; not of features' names. */
  private static int fingerprint(FeatureSpec spec, int window) {
    int hash = window;
    for (Feature feature : spec.features()) {
      hash =
          31 * hash
              + Objects.hash(
                  feature.path().toString(),
                  feature.type().name(),
                  feature.transform().name(),
                  feature.rows(),
                  feature.categories());
    }
    return hash;
  }

  ValueRing[] newRings() {
    return capacities.stream().map(ValueRing::new).toArray(ValueRing[]::new);
  }

  /** The ring of a field that some feature looks back at. */
  int ring(FieldPath path) {
    return paths.indexOf(path);
  }

  int width() {
    return width;
  }

  /** How many rows of a window come before the newest. */
  int earlierRows() {
    return earlierRows;
  }

  /** How many records back anything reaches; 1 at least. */
  int longest() {
    return longest;
  }

  int fingerprint() {
    return fingerprint;
  }

  /** The size of a state that remembers so many records. */
  int bytes(int remembered) {
    return (int) exactBytes(remembered);
  }

  /** The most bytes that a state would take, were there no limit. */
  static long mostBytes(FeatureSpec spec, int window) {
    StateLayout layout = new StateLayout(spec, window, Long.MAX_VALUE);
    return layout.exactBytes(layout.longest);
  }

  private long exactBytes(int remembered) {
    long bytes = EncoderState.HEADER_BYTES;
    for (int capacity : capacities) {
      bytes += 8L * Math.min(remembered, capacity);
    }
    return bytes + 4L * width * Math.min(remembered, earlierRows);
  }
}
