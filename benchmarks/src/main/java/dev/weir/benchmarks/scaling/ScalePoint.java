package dev.weir.benchmarks.scaling;

/**
 * What came of one size.
 *
 * @param size of what grows
 * @param recordsPerSecond of all instances together
 * @param cpuMicros processor time of the scorers, for each record
 * @param busyCores how many cores the scorers kept busy
 * @param threads stream threads that had a partition
 * @param machineLoad of all cores, by all programs, 0 to 1; NaN if it is not known
 * @param heapBytes in use without garbage, of one instance, all records seen
 * @param residentBytes of that process, its whole heap included; 0 if it is not known
 */
record ScalePoint(
    int size,
    double recordsPerSecond,
    double cpuMicros,
    double busyCores,
    int threads,
    double machineLoad,
    double heapBytes,
    double residentBytes) {
  private static final double BUSY = 0.85;

  /** What keeps it from being faster, as far as the loads tell. */
  String bound() {
    if (machineLoad >= BUSY && busyCores < BUSY * threads) {
      return "the machine's cores, which broker and scorer share";
    }
    if (busyCores >= BUSY * threads) {
      return threads == 1 ? "its one stream thread" : "its %d stream threads".formatted(threads);
    }
    return "waiting: fetches, commits, tasks without records";
  }
}
