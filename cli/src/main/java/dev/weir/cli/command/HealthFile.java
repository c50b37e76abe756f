package dev.weir.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says each second how this process is, for a health check in the same container: it
 * needs no port, no certificate and no password.
 *
 * <p>Its one line is the time in seconds since 1970, a space, and the state; {@code yes} if all is
 * well. It is replaced as a whole. A line that is old says that the process hangs. What cannot be
 * written is logged once, and stops nothing. Thread-safe.
 */
final class HealthFile implements AutoCloseable {
  /** The environment's variable that names the file; the images set it. */
  static final String VARIABLE = "WEIR_HEALTH_FILE";

  private static final Logger log = LoggerFactory.getLogger(HealthFile.class);

  private final Path file;
  private final Path next;
  private final Supplier<String> state;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private boolean hasToldOfFailure;

  private HealthFile(Path file, Supplier<String> state, Clock clock) {
    this.file = file.toAbsolutePath();
    this.state = state;
    this.clock = clock;
    next = this.file.resolveSibling(this.file.getFileName() + ".next");
    thread = Executors.newSingleThreadScheduledExecutor(HealthFile::thread);
  }

  /**
   * Writes the file now, and each second until it is closed.
   *
   * @param state asked on a thread of its own
   */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
  static HealthFile begin(Path file, Supplier<String> state, Clock clock) {
    HealthFile health = new HealthFile(file, state, clock);
    health.thread.scheduleWithFixedDelay(health::write, 0, 1, TimeUnit.SECONDS);
    return health;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weir-health-file");
    thread.setDaemon(true);
    return thread;
  }

  private void write() {
    try {
      Files.writeString(
          next, clock.instant().getEpochSecond() + " " + state.get().replace('\n', ' ') + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      if (!hasToldOfFailure) {
        hasToldOfFailure = true;
        log.warn(
            "the file {} cannot be written, by which a health check knows how this is; set {} to"
                + " one that can, or to nothing",
            file,
            VARIABLE,
            e);
      }
    }
  }

  /** Removes the file: nothing is there any more that would be well. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("writing {} takes long, and is left alone", file);
      }
      Files.deleteIfExists(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("{} cannot be removed", file, e);
    }
  }
}
