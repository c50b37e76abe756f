package dev.weir.benchmarks.soak;

import dev.weir.model.error.OperationFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link ScorerMain} and what it says of its memory. Thread-safe. */
final class ScorerProcess implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 512;

  private final Process process;
  private final Thread reader;
  private final List<Memory> samples = new ArrayList<>();

  /**
   * At one moment.
   *
   * @param nanos of {@link System#nanoTime()}
   * @param heapBytes in use after a collection of garbage
   * @param residentBytes of the whole process
   * @param scored records since the start
   */
  record Memory(long nanos, long heapBytes, long residentBytes, long scored) {}

  private ScorerProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "scorer-memory");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it; the heap has its full size from the start, so that it cannot be what grows. */
  static ScorerProcess start(Path config) {
    try {
      return new ScorerProcess(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms" + HEAP_MEGABYTES + "m",
                  "-Xmx" + HEAP_MEGABYTES + "m",
                  "-XX:+AlwaysPreTouch",
                  "-XX:+UseParallelGC",
                  "-XX:-UsePerfData",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScorerMain.class.getName(),
                  config.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new OperationFailedException("cannot start the scorer: " + e, e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", -1);
        synchronized (samples) {
          samples.add(
              new Memory(
                  System.nanoTime(),
                  Long.parseLong(parts[0]),
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2])));
        }
      }
    } catch (IOException e) {
      throw new OperationFailedException("cannot read what the scorer says: " + e, e);
    }
  }

  /** What it has said so far. */
  List<Memory> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /**
   * Looks whether it runs.
   *
   * @throws OperationFailedException if it does not
   */
  void check() {
    if (!process.isAlive()) {
      throw new OperationFailedException(
          "the scorer ended with exit code " + process.exitValue() + "; its log is above");
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
