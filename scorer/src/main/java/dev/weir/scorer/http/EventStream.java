package dev.weir.scorer.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events for those who read along (WHATWG HTML, section 9.2).
 *
 * <p>{@link #send} never waits for a reader: each has a queue and a thread of its own. One whose
 * queue is full is cut off; its browser comes back with the id of the last event that it got, and
 * begins with what it missed. There are only so many readers at a time. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
  /** How many may read at a time. */
  public static final int MOST_READERS = 16;

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);
  private static final int QUEUE = 64;
  private static final String BEGIN = "retry: 2000\n\n";
  private static final String HEARTBEAT = ": still here\n\n";

  private final Duration heartbeat;
  private final Function<Optional<String>, List<Event>> greeting;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * A stream without readers.
   *
   * @param heartbeat after so long without an event one is told that the connection is still there
   * @param greeting what a reader gets first, by the id of the last event that it has seen
   */
  public EventStream(Duration heartbeat, Function<Optional<String>, List<Event>> greeting) {
    this.heartbeat = heartbeat;
    this.greeting = greeting;
  }

  /** Hands an event to all readers, and cuts off those that are too far behind. */
  public void send(Event event) {
    String text = event.text();
    for (Reader reader : readers) {
      reader.offer(text);
    }
  }

  /** How many read along now. */
  public int readers() {
    return readers.size();
  }

  /**
   * Begins to answer a request, on a thread of its own.
   *
   * @return false if there are too many readers; the request is not answered then
   */
  boolean answer(HttpExchange exchange) {
    Optional<String> lastSeen =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    Reader reader = new Reader(exchange);
    synchronized (this) {
      if (closed || readers.size() >= MOST_READERS) {
        return false;
      }
      // Before the greeting is made: an event may come twice, but none is left out.
      readers.add(reader);
    }
    boolean hasBegun = false;
    try {
      reader.begin(greeting.apply(lastSeen));
      hasBegun = true;
    } finally {
      if (!hasBegun) {
        readers.remove(reader);
      }
    }
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    readers.forEach(Reader::cutOff);
  }

  /** Somebody who reads along. */
  private final class Reader {
    private final HttpExchange exchange;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile Thread thread;
    private volatile boolean isCutOff;

    Reader(HttpExchange exchange) {
      this.exchange = exchange;
    }

    void begin(List<Event> first) {
      thread = new Thread(() -> write(first), "weir-events");
      thread.setDaemon(true);
      thread.start();
      if (isCutOff) {
        thread.interrupt();
      }
    }

    void offer(String text) {
      if (!queue.offer(text)) {
        log.debug("a reader of events is {} events behind; it is cut off", QUEUE);
        cutOff();
      }
    }

    /** An interrupt closes the connection even under a thread that waits for it. */
    void cutOff() {
      isCutOff = true;
      readers.remove(this);
      Thread writer = thread;
      if (writer != null) {
        writer.interrupt();
      }
    }

    private void write(List<Event> first) {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        // A proxy that collects the answer first would show nothing for ever.
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          put(out, BEGIN);
          for (Event event : first) {
            put(out, event.text());
          }
          out.flush();
          while (!isCutOff) {
            String next = queue.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
            put(out, next == null ? HEARTBEAT : next);
            if (queue.isEmpty()) {
              out.flush();
            }
          }
        }
      } catch (IOException e) {
        log.trace("a reader of events has gone", e);
      } catch (InterruptedException e) {
        log.trace("a reader of events is cut off", e);
      } finally {
        readers.remove(this);
      }
    }

    private static void put(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
