package dev.weir.scorer.topology;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/** Asks {@link ErrorHandlers} what to do with what Kafka does not take. Made by Kafka Streams. */
public final class ProductionErrors implements ProductionExceptionHandler {
  private ErrorHandlers handlers;

  /** Without its handlers, which {@link #configure} finds. */
  public ProductionErrors() {}

  @Override
  public void configure(Map<String, ?> settings) {
    handlers = ErrorHandlers.of(settings);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception e) {
    return handlers.onProduction(context, record, e);
  }
}
