package dev.weir.benchmarks.process;

import dev.weir.model.error.OperationFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A scorer in a process of its own, and what it says of itself. Thread-safe. */
public final class ScorerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * At one moment.
   *
   * @param nanos of {@link System#nanoTime()} of this process, when the line was read
   * @param ownNanos the same of the scorer's, when it was written; only differences mean something
   * @param heapBytes in use; after a collection of garbage, if that was asked for
   * @param residentBytes of the whole process; 0 where there is no {@code /proc}
   * @param scored records since the start, of all pipelines
   * @param cpuNanos of all its threads since the start
   * @param ready whether it scores
   * @param collections of garbage that were asked for, so far
   */
  public record Sample(
      long nanos,
      long ownNanos,
      long heapBytes,
      long residentBytes,
      long scored,
      long cpuNanos,
      boolean ready,
      int collections) {

    private static Sample of(String line) {
      String[] parts = line.split(" ", -1);
      return new Sample(
          System.nanoTime(),
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Boolean.parseBoolean(parts[5]),
          Integer.parseInt(parts[6]));
    }
  }

  /**
   * How it is run.
   *
   * @param heapMegabytes the heap has this size from the start, so that it cannot be what grows
   * @param every between samples
   * @param collectGarbage before each sample, so that the heap is what is needed; not where delays
   *     are measured
   */
  public record Setting(int heapMegabytes, Duration every, boolean collectGarbage) {}

  private ScorerProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "scorer-samples");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one; it is not ready yet. */
  public static ScorerProcess start(Path config, Setting setting) {
    try {
      return new ScorerProcess(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms" + setting.heapMegabytes() + "m",
                  "-Xmx" + setting.heapMegabytes() + "m",
                  "-XX:+AlwaysPreTouch",
                  "-XX:+UseParallelGC",
                  "-XX:-UsePerfData",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScorerMain.class.getName(),
                  config.toString(),
                  String.valueOf(setting.every().toMillis()),
                  String.valueOf(setting.collectGarbage()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new OperationFailedException("cannot start the scorer: " + e, e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Sample sample = Sample.of(line);
        synchronized (samples) {
          samples.add(sample);
        }
      }
    } catch (IOException e) {
      throw new OperationFailedException("cannot read what the scorer says: " + e, e);
    }
  }

  /** What it has said so far. */
  public List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /**
   * Looks whether it runs.
   *
   * @throws OperationFailedException if it does not
   */
  public void check() {
    if (!process.isAlive()) {
      throw new OperationFailedException(
          "the scorer ended with exit code " + process.exitValue() + "; its log is above");
    }
  }

  /**
   * Waits until it scores.
   *
   * @throws OperationFailedException if it ends, or does not for two minutes
   */
  public void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (samples().stream().noneMatch(Sample::ready)) {
      check();
      if (System.nanoTime() > end) {
        throw new OperationFailedException(
            "the scorer was not ready within " + PATIENCE.toSeconds() + " s; its log is above");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /**
   * Has it collect its garbage.
   *
   * @return what it said afterwards, its heap without garbage
   */
  public Sample collectGarbage() throws InterruptedException {
    int before = latest().collections();
    try {
      process.getOutputStream().write(ScorerMain.COLLECT);
      process.getOutputStream().flush();
    } catch (IOException e) {
      check();
      throw new OperationFailedException("cannot ask the scorer: " + e, e);
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (latest().collections() == before) {
      check();
      if (System.nanoTime() > end) {
        throw new OperationFailedException("the scorer has not collected its garbage");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return latest();
  }

  /** What it said last; it has been ready once. */
  public Sample latest() {
    synchronized (samples) {
      return samples.get(samples.size() - 1);
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
