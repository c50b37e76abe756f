package dev.weir.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What happens on SIGTERM and Ctrl-C. */
final class Shutdown {
  private Shutdown() {}

  /** Runs the action when the process is asked to end, before it ends. */
  static void onSignal(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action, "weir-shutdown"));
  }

  /**
   * Runs the action when the process is asked to end, and then waits for the main thread.
   *
   * @param done is counted down when the main thread has cleaned up
   */
  static void onSignalAndAwait(Runnable action, CountDownLatch done) {
    onSignalAndAwaitIf(
        () -> {
          action.run();
          return true;
        },
        done);
  }

  /** The same, but waits only if the action says that there is something to wait for. */
  static void onSignalAndAwaitIf(BooleanSupplier action, CountDownLatch done) {
    onSignal(
        () -> {
          if (!action.getAsBoolean()) {
            return;
          }
          try {
            done.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
