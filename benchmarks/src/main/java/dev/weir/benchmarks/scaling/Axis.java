package dev.weir.benchmarks.scaling;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** What grows while all else stays as it is. */
@SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed, functions without state
public enum Axis {
  FEATURES(
      "features",
      List.of(8, 16, 32, 64, 128, 256, 512),
      List.of(8, 32, 128),
      Workload::withFeatures),
  WINDOW(
      "rows in a window", List.of(1, 2, 4, 8, 16, 32, 64), List.of(1, 4, 16), Workload::withWindow),
  KEYS(
      "keys",
      List.of(1, 10, 100, 1000, 10_000, 100_000, 1_000_000),
      List.of(10, 1000, 10_000),
      Workload::withKeys),
  MODELS(
      "models in one process",
      List.of(1, 2, 5, 10, 20, 50),
      List.of(1, 3, 8),
      Workload::withModels),
  PARTITIONS(
      "partitions", List.of(1, 2, 4, 8, 16, 32, 64), List.of(1, 4, 16), Workload::withPartitions),
  INSTANCES("instances", List.of(1, 2, 3, 4), List.of(1, 2), Workload::withInstances);

  private final String title;
  private final List<Integer> sizes;
  private final List<Integer> fewSizes;
  private final BiFunction<Workload, Integer, Workload> resized;

  Axis(
      String title,
      List<Integer> sizes,
      List<Integer> fewSizes,
      BiFunction<Workload, Integer, Workload> resized) {
    this.title = title;
    this.sizes = sizes;
    this.fewSizes = fewSizes;
    this.resized = resized;
  }

  /** The workload in which this has a size. */
  Workload workload(Workload base, int size) {
    return resized.apply(base, size);
  }

  /** What it is, in a few words. */
  String title() {
    return title;
  }

  /** The sizes that are measured. */
  List<Integer> sizes(boolean quick) {
    return quick ? fewSizes : sizes;
  }

  /** As the figures and files call it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is more power and not more work: records a second ought to grow with it. */
  boolean isCapacity() {
    return this == PARTITIONS || this == INSTANCES;
  }

  /** Whether it needs memory for each. */
  boolean isRemembered() {
    return this == KEYS || this == MODELS;
  }
}
