package dev.weir.scorer.inference;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Sha256;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every so often whether another bundle is where the live one was, and has it take over.
 *
 * <p>It looks at the files and does not wait for events: network file systems and mounted volumes
 * send none. A bundle that cannot be used is looked at once more before it is refused, since it may
 * be half copied; after that it is left alone until one of its files changes. What cannot be read,
 * or not be copied to where temporary files are, is tried again: nothing is wrong with the bundle.
 */
public final class ModelWatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelWatcher.class);
  private static final long CLOSE_SECONDS = 10;

  /** What cannot be read is tried again at least so often, if it is looked at so often. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final ModelHost host;
  private final Path folder;
  private final Duration every;
  private final Listener listener;
  private final ExecutorService clock;
  private String settled;
  private String failed;

  /** How often it could not be read when it should have been, and how many looks to pass over. */
  private int unread;

  private long looksLeft;
  private boolean isGone;

  /** Hears what became of a new bundle, on the watcher's thread. */
  public interface Listener {
    /** It has taken over. */
    void swapped(Manifest manifest);

    /** It cannot be used; the one before goes on. */
    void refused(String reason);
  }

  private ModelWatcher(ModelHost host, Duration every, Listener listener) {
    this.host = host;
    this.every = every;
    this.listener = listener;
    folder = host.folder();
    // What was put there since the host has looked is new, too.
    String now = state().orElse("");
    settled = isLive() ? now : "";
    clock =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "weir-model-watcher");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to watch.
   *
   * @param host whose folder is watched
   * @param every how often to look
   */
  public static ModelWatcher start(ModelHost host, Duration every, Listener listener) {
    ModelWatcher watcher = new ModelWatcher(host, every, listener);
    watcher.clock.execute(watcher::lookEvery);
    return watcher;
  }

  private void lookEvery() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(every.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      log.trace("no longer watching {}", folder, e);
    }
  }

  private void look() {
    try {
      Optional<String> found = state();
      if (found.isEmpty() != isGone) {
        isGone = found.isEmpty();
        log.warn("model {}: {}", folder, isGone ? "no bundle there; going on without" : "back");
      }
      if (found.isPresent() && !found.get().equals(settled) && takesLook(found.get())) {
        replace(found.get());
      }
    } catch (RuntimeException e) {
      // The next look may go better; a watcher that dies would never say so.
      log.error("looking for a new model in {} failed", folder, e);
    }
  }

  /** Whether this look at it is one that is not passed over. */
  private boolean takesLook(String state) {
    if (!state.equals(failed)) {
      unread = 0;
      looksLeft = 0;
    }
    return looksLeft-- <= 0;
  }

  private void replace(String state) {
    Manifest manifest;
    try {
      manifest = host.replace();
    } catch (RuntimeException e) {
      if (!state.equals(failed)) {
        failed = state;
        log.debug("model {} cannot be used yet", folder, e);
        return;
      }
      if (e instanceof OperationFailedException) {
        tryLater(e);
      } else {
        refuse(state, e);
      }
      return;
    }
    settled = state;
    log.atInfo()
        .addKeyValue("model", manifest.name())
        .addKeyValue("version", manifest.version())
        .addKeyValue("folder", folder)
        .log("another model takes over");
    listener.swapped(manifest);
  }

  /** Whatever is wrong with it, also what nobody has thought of: it is not used, and counted. */
  private void refuse(String state, RuntimeException e) {
    settled = state;
    log.warn(
        "a new model is refused, {}: {}",
        before(),
        e.getMessage(),
        e instanceof InvalidInputException ? null : e);
    if (unread == 0) {
      listener.refused(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /** The pause doubles; that it is not used is counted once. */
  private void tryLater(RuntimeException e) {
    long longest = Math.max(1, LONGEST_PAUSE.dividedBy(every));
    long looks = Math.min(longest, 2L << Math.min(unread, 30));
    looksLeft = looks - 1;
    unread++;
    log.warn(
        "a new model cannot be had and is tried again in {} ms, {}: {}",
        looks * every.toMillis(),
        before(),
        e.getMessage());
    if (unread == 1) {
      listener.refused(e.getMessage());
    }
  }

  private String before() {
    return host.generation() > 0 ? "the one before goes on" : "and there is none before it";
  }

  private boolean isLive() {
    try {
      return host.generation() > 0 && Bundle.open(folder).manifest().equals(host.manifest());
    } catch (InvalidBundleException | OperationFailedException e) {
      log.debug("the bundle in {} is being replaced", folder, e);
      return false;
    }
  }

  /** What tells one bundle from another; empty if there is none. */
  private Optional<String> state() {
    try {
      Path model = folder.resolve(Bundle.MODEL);
      byte[] manifest = Files.readAllBytes(folder.resolve(Bundle.MANIFEST));
      return Optional.of(
          Sha256.hex(manifest)
              + " "
              + Files.size(model)
              + " "
              + Files.getLastModifiedTime(model).toMillis());
    } catch (IOException e) {
      log.trace("no bundle in {}", folder, e);
      return Optional.empty();
    }
  }

  /** Stops looking; a model that is being loaded is waited for. */
  @Override
  public void close() {
    clock.shutdownNow();
    try {
      if (!clock.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a model is still being loaded; it is left to itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
