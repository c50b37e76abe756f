package dev.weir.cli.demo;

import dev.weir.cli.console.Numbers;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.secret.Secrets;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The demo's fleet on a broker of the user's: its history, or what it sends after that, faults
 * included.
 */
public final class Simulation {
  private static final int PATIENCE_SECONDS = 60;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final SimulationOptions options;
  private final PrintWriter out;
  private final Clock clock;
  private final AtomicReference<Instant> lastTaken = new AtomicReference<>();
  private volatile boolean stopped;

  public Simulation(SimulationOptions options, PrintWriter out) {
    this(options, out, Clock.systemUTC());
  }

  Simulation(SimulationOptions options, PrintWriter out, Clock clock) {
    this.options = options;
    this.out = out;
    this.clock = clock;
  }

  /** Ends the stream early. May be called from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * How it goes: {@code yes} if the broker has taken a record within the last ten seconds;
   * otherwise what is wrong. May be called from any thread.
   */
  public String state() {
    Instant last = lastTaken.get();
    if (last == null) {
      return "the broker has not taken a record yet";
    }
    Duration since = Duration.between(last, clock.instant());
    return since.compareTo(LONGEST_PAUSE) <= 0
        ? "yes"
        : "the broker has taken no record for " + since.toSeconds() + " s";
  }

  /**
   * Writes what was asked for, and returns when it is written or {@link #stop} was called.
   *
   * @throws OperationFailedException if the broker does not answer, or refuses a record
   */
  public void run() throws InterruptedException {
    createTopic();
    if (options.part() == SimulationOptions.Part.HISTORY) {
      history();
    } else {
      stream();
    }
  }

  /** All of it, or what an earlier run was interrupted in. */
  private void history() {
    Optional<HeldHistory> held =
        HeldHistory.in(options.topic(), options.kafka(), new FleetData(1, 1).history());
    if (held.isEmpty()) {
      say(
          "topic "
              + options.topic()
              + " holds other records than this history's, and is left as it is");
      return;
    }
    FleetData data = new FleetData(1, 1);
    Iterator<DemoRecord> missing = held.get().missing(data.history());
    if (!missing.hasNext()) {
      say("topic " + options.topic() + " holds the whole history already");
      return;
    }
    if (held.get().records() > 0) {
      say(
          "topic "
              + options.topic()
              + " holds "
              + Numbers.count(held.get().records())
              + " records of an interrupted history, which goes on");
    }
    try (RecordSender sender = new RecordSender(options.kafka(), options.topic(), this::taken)) {
      long sent = sender.sendAll(missing, () -> stopped);
      say(
          Numbers.count(sent)
              + " records of "
              + data.description()
              + " written to topic "
              + options.topic());
    }
  }

  private void stream() {
    long seconds = options.duration().toSeconds();
    int faults = (int) Math.max(1, seconds / options.faultEvery().toSeconds());
    FleetData data = new FleetData(seconds * options.stepsPerSecond(), faults);
    // The stream goes on where the history ended, so that its rhythm does, too.
    Iterator<DemoRecord> history = data.history();
    while (history.hasNext()) {
      history.next();
    }
    AlertPrinter printer = new AlertPrinter(out, false);
    try (RecordSender sender = new RecordSender(options.kafka(), options.topic(), this::taken)) {
      int perSecond = options.stepsPerSecond() * FleetData.SERVERS;
      say(
          "streaming "
              + perSecond
              + " records a second to topic "
              + options.topic()
              + ", with a fault every "
              + options.faultEvery().toSeconds()
              + " s");
      long sent = sender.sendPaced(data.stream(), perSecond, printer::fault, () -> stopped);
      say(Numbers.count(sent) + " records streamed");
    }
  }

  private void taken() {
    lastTaken.set(clock.instant());
  }

  /** Unless it is there already. */
  private void createTopic() throws InterruptedException {
    Map<String, Object> settings = Secrets.resolveAll("kafka", options.kafka());
    try (Admin admin = Admin.create(settings)) {
      NewTopic topic =
          new NewTopic(options.topic(), Optional.of(options.partitions()), Optional.empty());
      admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unusable(e.getCause());
      }
    } catch (TimeoutException e) {
      throw unusable(e);
    }
  }

  private OperationFailedException unusable(Throwable e) {
    return new OperationFailedException(
        "cannot create topic "
            + options.topic()
            + " on "
            + options.kafka().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
            + ": "
            + e,
        e);
  }

  private void say(String text) {
    out.println("weir simulate: " + text);
    out.flush();
  }
}
