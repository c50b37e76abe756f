package dev.weir.scorer;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.console.Console;
import dev.weir.scorer.http.Answer;
import dev.weir.scorer.http.HttpEndpoint;
import dev.weir.scorer.http.Page;
import dev.weir.scorer.metrics.MetricsRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What people, probes and Prometheus see of a scorer, from the first moment of its start on: the
 * console, metrics and health.
 *
 * <p>Until {@link #show}, the scorer is live and not ready, and the reason is what was last said by
 * {@link #awaiting}. Thread-safe.
 */
public final class ScorerEndpoint implements AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String GOOD = "yes";

  private final MetricsRegistry metrics = new MetricsRegistry();
  private final AtomicBoolean isAwaitingModel = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Console console;
  private final HttpEndpoint http;
  private volatile Status status = new Starting("starting");

  /** How a scorer is. Thread-safe. */
  interface Status extends Console.Source {
    /** Whether the process need not be restarted. */
    boolean isLive();

    /** What stands in the way of scoring, in a line; "no" if there is no more to say. */
    default String whyNotReady() {
      return "no";
    }
  }

  /** Before there are streams. */
  private record Starting(String state) implements Status {
    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public OptionalLong lag() {
      return OptionalLong.empty();
    }

    @Override
    public String whyNotReady() {
      return state;
    }
  }

  /** Whatever the scorer is at the moment. */
  private final class Current implements Console.Source {
    @Override
    public String state() {
      return status.state();
    }

    @Override
    public boolean isReady() {
      return status.isReady();
    }

    @Override
    public OptionalLong lag() {
      return status.lag();
    }
  }

  private ScorerEndpoint(ScorerConfig config) {
    console =
        new Console(
            config.applicationId(), config.http().keptAlerts(), new Current(), Clock.systemUTC());
    try {
      metrics.watchWaiting(isAwaitingModel::get);
      http = HttpEndpoint.start(config.http(), pages(), console.events());
      console.start();
    } catch (RuntimeException | Error e) {
      console.close();
      metrics.close();
      throw e;
    }
  }

  /**
   * Binds the port, and serves what there is from now on.
   *
   * @throws InvalidInputException if a certificate or a password cannot be had
   * @throws OperationFailedException if the port cannot be had
   */
  public static ScorerEndpoint open(ScorerConfig config) {
    return new ScorerEndpoint(config);
  }

  private Map<String, Page> pages() {
    Map<String, Page> pages = new LinkedHashMap<>(console.pages());
    pages.put("/metrics", () -> Answer.of(200, PROMETHEUS, metrics.scrape()));
    pages.put("/health/live", () -> health(status.isLive() ? GOOD : "no"));
    pages.put("/health/ready", () -> health(readiness()));
    return pages;
  }

  private static Answer health(String state) {
    return Answer.plain(state.equals(GOOD) ? 200 : 503, state);
  }

  /** What {@code /health/ready} says: {@code yes}, or what stands in the way of scoring. */
  public String readiness() {
    Status now = status;
    return now.isReady() ? GOOD : now.whyNotReady();
  }

  /**
   * Says that the scorer cannot go on without a model that somebody has yet to train.
   *
   * @param bundle the folder where it is awaited
   */
  public void awaiting(String bundle) {
    isAwaitingModel.set(true);
    status = new Starting("waiting for a model at " + bundle);
  }

  /** Says that the scorer goes on with its start: all models are there. */
  void starting() {
    isAwaitingModel.set(false);
    status = new Starting("starting");
  }

  /** Shows how the scorer is, now that there is one. */
  void show(Status scorer) {
    status = scorer;
  }

  MetricsRegistry metrics() {
    return metrics;
  }

  Console console() {
    return console;
  }

  /** The port that was bound. */
  public int port() {
    return http.port();
  }

  /** Frees the port, and goes on counting until it is closed. Idempotent. */
  void stopServing() {
    http.close();
  }

  /** Idempotent. */
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      stopServing();
      console.close();
      metrics.close();
    }
  }
}
