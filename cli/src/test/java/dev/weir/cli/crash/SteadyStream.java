package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records until it is stopped, whatever happens to those who read them. */
final class SteadyStream implements AutoCloseable {
  private static final int AT_ONCE = 20;
  private static final int TIMES_AS_SLOW = 20;

  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final IntFunction<ProducerRecord<byte[], byte[]>> records;
  private final Duration pause;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int sent;
  private volatile int slowFrom = Integer.MAX_VALUE;

  /**
   * Begins to write.
   *
   * @param records from a record's number, from 0 on, to the record
   */
  SteadyStream(
      String bootstrapServers,
      int recordsPerSecond,
      IntFunction<ProducerRecord<byte[], byte[]>> records) {
    this.records = records;
    pause = Duration.ofSeconds(1).multipliedBy(AT_ONCE).dividedBy(recordsPerSecond);
    thread = new Thread(() -> run(bootstrapServers), "steady-stream");
    thread.start();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  private void run(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            5);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      int next = 0;
      while (!stopped) {
        for (int i = 0; i < AT_ONCE; i++) {
          producer.send(
              records.apply(next++),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
        }
        sent = next;
        LockSupport.parkNanos((next < slowFrom ? 1 : TIMES_AS_SLOW) * pause.toNanos());
      }
    }
  }

  /**
   * Slows it down once it has written so many records, until this is called again. It never rests:
   * whoever is up to date would take that for silence.
   */
  void slowDownFrom(int count) {
    slowFrom = count;
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /** Stops once everything is written. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    assertThat(failure.get()).as("why a record could not be written").isNull();
  }

  /** Stops without waiting. */
  @Override
  public void close() {
    stopped = true;
  }

  /** How many records there are; final once it has stopped. */
  int count() {
    return sent;
  }
}
