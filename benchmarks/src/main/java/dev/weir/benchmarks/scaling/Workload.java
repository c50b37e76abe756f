package dev.weir.benchmarks.scaling;

/**
 * What is scored, and by how much.
 *
 * @param features float fields of a record
 * @param window rows that the model sees together
 * @param keys different ones
 * @param models each with a pipeline and a topic of its own; they share the records
 * @param partitions of each topic
 * @param instances processes that share the partitions
 * @param threads stream threads of each
 * @param records of all topics together
 */
record Workload(
    int features,
    int window,
    int keys,
    int models,
    int partitions,
    int instances,
    int threads,
    int records) {
  private static final int FEATURES = 38;
  private static final int FEWEST_RECORDS = 20_000;

  /** Of an instance that remembers nothing. */
  static final int BASE_HEAP_MEGABYTES = 512;

  private static final int KEY_ROWS = 4;
  private static final int KEY_OVERHEAD_BYTES = 2000;
  private static final int MODEL_MEGABYTES = 10;

  /** What stays as it is when something else grows. */
  static Workload base(int records) {
    return new Workload(FEATURES, 1, 1000, 1, 4, 1, 2, records);
  }

  /** Wide records and long windows are fewer, so that each point takes about as long. */
  Workload withFeatures(int count) {
    return new Workload(
        count,
        window,
        keys,
        models,
        partitions,
        instances,
        threads,
        fewer(records, Math.max(1, (double) count / FEATURES)));
  }

  Workload withWindow(int rows) {
    return new Workload(
        features,
        rows,
        keys,
        models,
        partitions,
        instances,
        threads,
        fewer(records, Math.max(1, rows / 4.0)));
  }

  /** Keys have a window of 4 rows, since without one nothing is known of them; it gets full. */
  Workload withKeys(int count) {
    return new Workload(
        features,
        KEY_ROWS,
        count,
        models,
        partitions,
        instances,
        threads,
        Math.max(records, KEY_ROWS * count));
  }

  /** One partition for each, so that tasks grow as models do and no faster. */
  Workload withModels(int count) {
    return new Workload(features, window, keys, count, 1, instances, threads, records);
  }

  Workload withPartitions(int count) {
    return new Workload(features, window, keys, models, count, instances, threads, records);
  }

  /** One thread each, and as many partitions at any number of them. */
  Workload withInstances(int count) {
    return new Workload(features, window, keys, models, 8, count, 1, records);
  }

  private static int fewer(int records, double times) {
    return Math.max(Math.min(FEWEST_RECORDS, records), (int) (records / times));
  }

  /** The size of each instance's heap. */
  int heapMegabytes() {
    double state =
        window == 1 ? 0 : keys * (double) (KEY_OVERHEAD_BYTES + 2L * window * features * 4);
    return BASE_HEAP_MEGABYTES + (int) (state / 1e6) + models * MODEL_MEGABYTES;
  }

  int recordsPerModel() {
    return records / models;
  }
}
