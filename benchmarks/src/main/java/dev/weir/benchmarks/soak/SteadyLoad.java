package dev.weir.benchmarks.soak;

import dev.weir.benchmarks.made.Background;
import dev.weir.benchmarks.made.Background.Failures;
import dev.weir.model.error.OperationFailedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes so many records a second, whatever becomes of them. */
final class SteadyLoad implements AutoCloseable {
  private static final int TICKS_PER_SECOND = 200;

  private final Background writing;
  private volatile long sent;

  SteadyLoad(String bootstrapServers, String topic, SoakShape shape, List<byte[]> values) {
    writing =
        new Background(
            "steady load",
            (goesOn, failures) -> run(bootstrapServers, topic, shape, values, goesOn, failures));
  }

  private void run(
      String bootstrapServers,
      String topic,
      SoakShape shape,
      List<byte[]> values,
      BooleanSupplier goesOn,
      Failures failures) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            5);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      SplittableRandom random = new SplittableRandom(1);
      long begun = System.nanoTime();
      long next = 0;
      while (goesOn.getAsBoolean()) {
        // By the clock and not by the last tick, so that a pause is made up for.
        long due = (System.nanoTime() - begun) / 1_000_000 * shape.recordsPerSecond() / 1000;
        for (; next < due; next++) {
          int key = (int) (next % shape.keys());
          // What becomes of it is told to the callback.
          Future<RecordMetadata> unused =
              producer.send(
                  new ProducerRecord<>(
                      topic,
                      ("host-" + key).getBytes(StandardCharsets.UTF_8),
                      values.get(random.nextInt(values.size()))),
                  (metadata, e) -> {
                    if (e != null) {
                      failures.add(e);
                    }
                  });
        }
        sent = next;
        LockSupport.parkNanos(1_000_000_000L / TICKS_PER_SECOND);
      }
    }
  }

  /**
   * How many records were written.
   *
   * @throws OperationFailedException if one could not be
   */
  long sent() {
    writing.check();
    return sent;
  }

  /** Stops once all that was sent has been written. */
  @Override
  public void close() {
    writing.close();
  }
}
