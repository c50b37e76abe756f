package dev.weir.scorer.console;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.http.Event;
import dev.weir.scorer.http.EventStream;
import dev.weir.scorer.http.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live console: watches pipelines, and tells those who look at its page what they do.
 *
 * <p>Stream threads only count, and put alerts into a ring; a thread of the console's own makes
 * events of it, alerts four times a second and figures every second. Thread-safe.
 */
public final class Console implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Console.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 250;
  private static final int LOOKS_A_TICK = 4;

  /** Nobody reads more in a quarter of a second. */
  private static final int MOST_AT_ONCE = 100;

  private final String application;
  private final Source source;
  private final Clock clock;
  private final String instance;
  private final long startedAt;
  private final int keptAlerts;
  private final AlertRing ring;
  private final EventStream events = new EventStream(HEARTBEAT, this::greeting);
  private final List<PipelineMonitor> monitors = new CopyOnWriteArrayList<>();
  private final List<PipelineHistory> histories = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "weir-console");
            made.setDaemon(true);
            return made;
          });
  private long told;
  private int looks;
  private List<LiveModel> shown = List.of();

  /** What the console asks of the scorer as a whole. */
  public interface Source {
    /** Kafka Streams' state, or why there are no streams yet. */
    String state();

    /** Whether records are being scored. */
    boolean isReady();

    /** How many records are waiting to be read; empty if nobody knows. */
    OptionalLong lag();
  }

  /**
   * A console without pipelines, which tells nobody anything until it is started.
   *
   * @param application the scorer's id
   * @param keptAlerts how many alerts one sees who comes later
   */
  public Console(String application, int keptAlerts, Source source, Clock clock) {
    this.application = application;
    this.keptAlerts = keptAlerts;
    this.source = source;
    this.clock = clock;
    startedAt = clock.millis();
    instance = Long.toHexString(startedAt);
    ring = new AlertRing(keptAlerts);
  }

  /** Watches a pipeline, by what the monitor is told; pages that are open hear of it. */
  public PipelineMonitor watch(PipelineConfig config, Manifest manifest) {
    PipelineMonitor monitor = new PipelineMonitor(config, manifest, ring, clock);
    synchronized (histories) {
      monitors.add(monitor);
      histories.add(new PipelineHistory(monitor, clock.millis()));
    }
    return monitor;
  }

  /** Its pages, by their paths. */
  public Map<String, Page> pages() {
    Map<String, Page> pages = new LinkedHashMap<>(ConsoleFiles.pages());
    pages.put("/models", new ModelsPage(monitors));
    return pages;
  }

  /** What its page listens to. */
  public EventStream events() {
    return events;
  }

  /** Begins to tell. */
  public void start() {
    thread.execute(this::lookEvery);
  }

  private void lookEvery() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        look();
      }
    } catch (InterruptedException e) {
      log.trace("the console is closed", e);
    }
  }

  /** Tells of new alerts; every so often of figures, too. On the console's own thread. */
  void look() {
    try {
      tellAlerts();
      if (++looks % LOOKS_A_TICK == 0) {
        tick();
      }
    } catch (RuntimeException e) {
      // The next look may go better; a console that dies would never say so.
      log.error("the console cannot say what the scorer does", e);
    }
  }

  private void tellAlerts() {
    AlertRing.Stretch fresh = ring.since(told);
    long missed = fresh.from() - told;
    int tooMany = fresh.alerts().size() - MOST_AT_ONCE;
    if (tooMany > 0) {
      fresh =
          new AlertRing.Stretch(
              fresh.from() + tooMany, fresh.alerts().subList(tooMany, fresh.alerts().size()));
      missed += tooMany;
    }
    told = fresh.next();
    if (!fresh.alerts().isEmpty() && events.readers() > 0) {
      events.send(ConsoleEvents.alerts(instance, fresh, missed));
    }
  }

  private void tick() {
    synchronized (histories) {
      histories.forEach(history -> history.tick(clock.millis()));
    }
    List<LiveModel> now = monitors.stream().map(PipelineMonitor::model).toList();
    boolean changed = !now.equals(shown);
    shown = now;
    if (events.readers() > 0) {
      if (changed) {
        events.send(hello());
      }
      events.send(stats());
    }
  }

  private List<Event> greeting(Optional<String> lastSeen) {
    long next =
        lastSeen
            .filter(id -> id.startsWith(instance + "-"))
            .flatMap(id -> number(id.substring(instance.length() + 1)))
            .orElse(0L);
    return List.of(hello(), ConsoleEvents.alerts(instance, ring.since(next), 0), stats());
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      log.trace("an event's id is none of ours", e);
      return Optional.empty();
    }
  }

  private Event hello() {
    List<ConsoleEvents.PipelineInfo> infos = new ArrayList<>();
    synchronized (histories) {
      List<ModelsPage.Entry> entries = new ModelsPage(monitors).entries();
      for (int i = 0; i < histories.size(); i++) {
        infos.add(ConsoleEvents.info(histories.get(i), entries.get(i)));
      }
    }
    return ConsoleEvents.hello(
        new ConsoleEvents.Hello(application, instance, startedAt, keptAlerts, infos));
  }

  private Event stats() {
    OptionalLong lag = source.lag();
    List<ConsoleEvents.PipelineStats> figures;
    synchronized (histories) {
      figures = histories.stream().map(ConsoleEvents::stats).toList();
    }
    return ConsoleEvents.stats(
        new ConsoleEvents.Stats(
            clock.millis(),
            source.state(),
            source.isReady(),
            lag.isPresent() ? lag.getAsLong() : null,
            figures));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    events.close();
  }
}
