package dev.weir.cli.alerts;

import dev.weir.cli.topic.TopicRange;
import dev.weir.schemas.Alert;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads an alerts topic: what there is, and then what comes, if wanted. */
public final class AlertReading {
  private final TopicRange range;
  private final AlertDecoder decoder;
  private final long limit;
  private long taken;

  /**
   * A reading that has not begun.
   *
   * @param limit after so many alerts it ends
   */
  public AlertReading(TopicRange range, AlertDecoder decoder, long limit) {
    this.range = range;
    this.decoder = decoder;
    this.limit = limit;
  }

  /**
   * Reads to the end of the range, and on, if wanted, until it is stopped.
   *
   * @param taker takes an alert, and says whether it can take another one
   */
  public void run(boolean follow, Predicate<Alert> taker) {
    Optional<ConsumerRecord<byte[], byte[]>> next = range.next();
    while (next.isPresent()) {
      if (!take(next.get(), taker)) {
        return;
      }
      next = range.next();
    }
    while (follow && !range.isStopped()) {
      for (ConsumerRecord<byte[], byte[]> record : range.follow()) {
        if (!take(record, taker)) {
          return;
        }
      }
    }
  }

  private boolean take(ConsumerRecord<byte[], byte[]> record, Predicate<Alert> taker) {
    if (taken >= limit) {
      return false;
    }
    Optional<Alert> alert = decoder.read(record);
    if (alert.isEmpty()) {
      return true;
    }
    taken++;
    return taker.test(alert.get()) && taken < limit;
  }
}
