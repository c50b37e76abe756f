package dev.weir.benchmarks.start;

import dev.weir.model.error.OperationFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that is starting, and the line by which it says that it has. */
final class Started implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final CompletableFuture<Line> found = new CompletableFuture<>();

  /**
   * A line that was waited for.
   *
   * @param match of the pattern
   * @param nanos of {@link System#nanoTime()}, when it came
   */
  record Line(Matcher match, long nanos) {}

  /** Reads what a process prints, to its end, and keeps the first line with a match. */
  Started(Process process, Pattern pattern) {
    this.process = process;
    Thread reader = new Thread(() -> read(pattern), "start-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Pattern pattern) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = pattern.matcher(line);
        if (!found.isDone() && matcher.find()) {
          found.complete(new Line(matcher, System.nanoTime()));
        }
      }
      found.completeExceptionally(new OperationFailedException("it ended before that"));
    } catch (IOException e) {
      found.completeExceptionally(e);
    }
  }

  /**
   * Waits for the line.
   *
   * @param what it would have said, for the error
   * @throws OperationFailedException if it ends, or says nothing of the kind for three minutes
   */
  Line await(String what) throws InterruptedException {
    try {
      return found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OperationFailedException(
          what + " did not come: " + (e.getCause() == null ? e : e.getCause().getMessage()), e);
    }
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
