package dev.weir.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The scorer as it is, in a process of its own that says every so often what it has done and what
 * it has needed. Collects garbage when its standard input says {@code g}, and ends on anything else
 * there, and when its input does.
 */
final class ScorerMain {
  static final int COLLECT = 'g';

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean collect = new AtomicBoolean();

  private ScorerMain() {}

  /**
   * Prints {@code nanos heap resident scored cpu ready collections} a line each time: nanoseconds
   * of its clock, bytes, records, nanoseconds of all its threads, whether it is ready, and how
   * often garbage was collected because somebody asked.
   *
   * @param arguments the config's file, milliseconds between lines, and {@code true} if garbage is
   *     to be collected before each, so that the heap is what is needed
   */
  public static void main(String[] arguments) throws Exception {
    ScorerConfig config = ConfigReader.read(Path.of(arguments[0]), List.of(), ScorerConfig.class);
    new ScorerMain().run(config, Long.parseLong(arguments[1]), Boolean.parseBoolean(arguments[2]));
  }

  @SuppressWarnings("SystemOut") // which the benchmark reads
  private void run(ScorerConfig config, long everyMillis, boolean collectAlways)
      throws InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Thread commands = new Thread(this::read, "commands");
    commands.setDaemon(true);
    commands.start();
    int collections = 0;
    try (ScorerApplication scorer = ScorerApplication.start(config)) {
      while (!ended.get()) {
        TimeUnit.MILLISECONDS.sleep(everyMillis);
        if (collect.getAndSet(false) || collectAlways) {
          System.gc();
          collections++;
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "%d %d %d %d %d %b %d",
                System.nanoTime(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                residentBytes(),
                scorer.recordsScored(),
                system.getProcessCpuTime(),
                scorer.isReady(),
                collections));
      }
    }
  }

  private void read() {
    try {
      while (System.in.read() == COLLECT) {
        collect.set(true);
      }
    } catch (IOException e) {
      throw new OperationFailedException("cannot read commands: " + e, e);
    } finally {
      ended.set(true);
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
