package dev.weir.benchmarks.jmh;

import dev.weir.benchmarks.made.HostRecords;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelHost;
import java.nio.file.Path;

/** The model that the harness's processes score with; it was trained before they began. */
final class BenchmarkBundle {
  /** The system property that says where it is. */
  static final String PROPERTY = "weir.benchmark.bundle";

  private BenchmarkBundle() {}

  static ModelHost open() {
    String folder = System.getProperty(PROPERTY);
    if (folder == null) {
      throw new IllegalStateException(
          "the property " + PROPERTY + " is not set; run it by 'weir benchmark jmh'");
    }
    return ModelHost.open(Path.of(folder), ComputeDevice.CPU, unused -> {});
  }

  /** A full batch of rows. */
  static FeatureBatch batch(HostRecords records, int rows) {
    FeatureBatch batch = new FeatureBatch(rows, records.features());
    for (int i = 0; i < rows; i++) {
      batch.add(records.row(i % records.count()));
    }
    return batch;
  }
}
