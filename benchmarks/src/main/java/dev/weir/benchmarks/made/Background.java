package dev.weir.benchmarks.made;

import dev.weir.model.error.OperationFailedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Something done over and over in a thread of its own, until it is closed. Thread-safe. */
public final class Background implements AutoCloseable {
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Begins.
   *
   * @param name of the thread
   * @param task ends when what it is given says {@code false}
   */
  public Background(String name, Task task) {
    thread =
        new Thread(
            () -> {
              try {
                task.run(() -> !stopped, this::fail);
              } catch (RuntimeException e) {
                fail(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What is done. */
  public interface Task {
    void run(BooleanSupplier goesOn, Failures failures);
  }

  /** Is told by other threads, such as those of a producer, of what went wrong. */
  public interface Failures {
    void add(Exception failure);
  }

  private void fail(Exception e) {
    failure.compareAndSet(null, e);
  }

  /**
   * Looks whether it goes well.
   *
   * @throws OperationFailedException with the first thing that went wrong
   */
  public void check() {
    Exception first = failure.get();
    if (first != null) {
      throw new OperationFailedException(thread.getName() + " failed: " + first, first);
    }
  }

  /** Has it end, and waits until it has. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
