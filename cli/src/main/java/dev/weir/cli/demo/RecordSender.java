package dev.weir.cli.demo;

import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the demo's records to its topic, and remembers where those with a fault went. */
final class RecordSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Runnable taken;
  private final Map<Place, InjectedFault> faults = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;
  private int begun;

  /** Where a record is in the topic. */
  private record Place(int partition, long offset) {}

  RecordSender(String bootstrapServers, String topic) {
    this(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topic, () -> {});
  }

  /**
   * With a producer of these settings.
   *
   * @param taken called for each record that the broker has taken, on the producer's thread
   */
  RecordSender(Map<String, String> kafka, String topic, Runnable taken) {
    this.topic = topic;
    this.taken = taken;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putAll(Secrets.resolveAll("kafka", kafka));
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends all records as fast as it goes. */
  long sendAll(Iterator<DemoRecord> records, BooleanSupplier stopped) {
    long before = sent;
    while (records.hasNext() && !stopped.getAsBoolean()) {
      send(records.next());
    }
    flush();
    return sent - before;
  }

  /**
   * Sends records evenly over a time.
   *
   * @param perSecond how many a second
   * @param faultBegins hears of each fault with its first record
   */
  long sendPaced(
      Iterator<DemoRecord> records,
      double perSecond,
      Consumer<InjectedFault> faultBegins,
      BooleanSupplier stopped) {
    long before = sent;
    long start = System.nanoTime();
    while (records.hasNext() && !stopped.getAsBoolean()) {
      long due = start + (long) ((sent - before) / perSecond * 1e9);
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      DemoRecord record = records.next();
      if (record.fault().isPresent() && record.fault().get().number() > begun) {
        begun = record.fault().get().number();
        faultBegins.accept(record.fault().get());
      }
      send(record);
    }
    flush();
    return sent - before;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void send(DemoRecord record) {
    sent++;
    producer.send(
        new ProducerRecord<>(
            topic, record.entity().getBytes(StandardCharsets.UTF_8), record.json()),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          } else {
            taken.run();
            record
                .fault()
                .ifPresent(
                    fault -> faults.put(new Place(metadata.partition(), metadata.offset()), fault));
          }
        });
  }

  private void flush() {
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new OperationFailedException("the broker refused a record: " + e, e);
    }
  }

  /** The fault that the record at this place shows. */
  Optional<InjectedFault> faultAt(int partition, long offset) {
    return Optional.ofNullable(faults.get(new Place(partition, offset)));
  }

  /** How many faults have begun in the stream so far. */
  int faultsBegun() {
    return begun;
  }

  /** How many records of this fault were sent. */
  long recordsOf(InjectedFault fault) {
    return faults.values().stream().filter(fault::equals).count();
  }

  /** How many records with a fault were sent. */
  long faultyRecords() {
    return faults.size();
  }

  @Override
  public void close() {
    producer.close();
  }
}
