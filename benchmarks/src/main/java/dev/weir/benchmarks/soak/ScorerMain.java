package dev.weir.benchmarks.soak;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The scorer as it is, in a process of its own that says every few seconds how much memory it has.
 * Ends when its standard input does.
 */
final class ScorerMain {
  private static final int EVERY_SECONDS = 5;

  private ScorerMain() {}

  /** Prints {@code heap resident scored} in bytes and records, a line each time. */
  @SuppressWarnings("SystemOut") // which the benchmark reads
  public static void main(String[] arguments) throws Exception {
    ScorerConfig config = ConfigReader.read(Path.of(arguments[0]), List.of(), ScorerConfig.class);
    try (ScorerApplication scorer = ScorerApplication.start(config)) {
      while (System.in.available() == 0) {
        TimeUnit.SECONDS.sleep(EVERY_SECONDS);
        System.gc();
        System.out.println(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + " "
                + residentBytes()
                + " "
                + scorer.recordsScored());
      }
    }
  }

  /** What the kernel counts; 0 where there is no {@code /proc}. */
  private static long residentBytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + status + ": " + e, e);
    }
  }
}
