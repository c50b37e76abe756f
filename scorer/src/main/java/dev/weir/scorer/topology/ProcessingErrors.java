package dev.weir.scorer.topology;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/** Asks {@link ErrorHandlers} what to do with what a node throws. Made by Kafka Streams. */
public final class ProcessingErrors implements ProcessingExceptionHandler {
  private ErrorHandlers handlers;

  /** Without its handlers, which {@link #configure} finds. */
  public ProcessingErrors() {}

  @Override
  public void configure(Map<String, ?> settings) {
    handlers = ErrorHandlers.of(settings);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception e) {
    return handlers.onProcessing(context, record, e);
  }
}
