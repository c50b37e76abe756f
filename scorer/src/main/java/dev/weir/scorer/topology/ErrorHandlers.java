package dev.weir.scorer.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.scorer.config.ErrorConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.state.DamagedStateException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies on errors as Kafka Streams asks for them (KIP-1033, KIP-1034): what a node throws,
 * and what Kafka does not take.
 *
 * <p>The scoring node deals with its records itself: they wait in batches, and the one that Kafka
 * Streams would blame is only the newest. Thread-safe.
 */
public final class ErrorHandlers {
  private static final Logger log = LoggerFactory.getLogger(ErrorHandlers.class);

  /** Where the handlers, which Kafka Streams makes itself, find this. */
  private static final String KEY = "weir.error.handlers";

  private final ErrorConfig policies;
  private final Map<String, Part> byNode = new HashMap<>();
  private final Map<String, Part> byTopic = new HashMap<>();

  /** What Kafka has refused, on whatever thread, for as long as anybody else knows of it. */
  private final Set<Exception> ofProduction =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** A pipeline, as far as errors concern it. */
  private record Part(PipelineConfig config, DeadLetters deadLetters, ScoringListener listener) {}

  /** For a topology of these pipelines. */
  public ErrorHandlers(ScorerConfig config, List<Pipeline> pipelines, SizeLimits limits) {
    policies = config.errors();
    for (Pipeline pipeline : pipelines) {
      Names names = Names.of(config, pipeline.config());
      Part part =
          new Part(
              pipeline.config(),
              new DeadLetters(
                  config.applicationId(),
                  pipeline.config().name(),
                  limits.of(pipeline.config().deadLetterTopic()),
                  pipeline.listener()),
              pipeline.listener());
      byNode.put(names.route(), part);
      pipeline.config().outputs().values().forEach(topic -> byTopic.put(topic, part));
    }
  }

  /** The settings of Kafka Streams under which it asks. */
  public Map<String, Object> settings() {
    return Map.of(
        KEY,
        this,
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        ProcessingErrors.class,
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        ProductionErrors.class);
  }

  static ErrorHandlers of(Map<String, ?> settings) {
    return (ErrorHandlers) settings.get(KEY);
  }

  /**
   * Whether a failure shall end the process, without another try. Never so for what {@link
   * #isWaitedFor is waited for}.
   */
  public boolean isFinal(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof RefusedRecordException || e instanceof DamagedStateException) {
        return true;
      }
    }
    if (isWaitedFor(failure)) {
      return false;
    }
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof Exception && ofProduction.contains(e)) {
        return policies.production() == ErrorConfig.Production.FAIL;
      }
    }
    return policies.processing() == ErrorConfig.Processing.FAIL && !isOutage(failure);
  }

  /** Whether something that was needed did not answer; no record is to blame for that. */
  static boolean isOutage(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof DamagedStateException) {
        return false;
      }
      if (e instanceof SchemaRegistryException
          || isOfIo(e)
          || e instanceof RetriableException
          || (e instanceof StreamsException && e.getCause() == null)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether what was needed will answer again some time, without anybody's doing: worth waiting for
   * as long as it takes. A registry that answers, and refuses, is no such outage.
   */
  public static boolean isWaitedFor(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SchemaRegistryException refused) {
        return refused.kind() == SchemaRegistryException.Kind.UNAVAILABLE;
      }
      if (e instanceof DamagedStateException) {
        return false;
      }
      if (isOfIo(e) || e instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }

  /** Jackson's are of what was read, not of reading it. */
  private static boolean isOfIo(Throwable e) {
    return e instanceof IOException && !(e instanceof JsonProcessingException);
  }

  ProcessingExceptionHandler.Response onProcessing(
      ErrorHandlerContext context, Record<?, ?> record, Exception e) {
    Part part = byNode.get(context.processorNodeId());
    // What fails by the clock has no record that could be put aside.
    if (part == null
        || record == null
        || policies.processing() != ErrorConfig.Processing.DEAD_LETTER
        || isOutage(e)) {
      return ProcessingExceptionHandler.Response.fail();
    }
    Origin origin =
        record.value() instanceof JudgedRecord judged
            ? judged.origin()
            : new Origin(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                true);
    Record<byte[], Object> letter =
        part.deadLetters()
            .ofUnpublished(
                new Record<>(
                    origin.key(), context.sourceRawValue(), record.timestamp(), record.headers()),
                origin,
                Unpublished.FAILED,
                e);
    return ProcessingExceptionHandler.Response.resume(
        List.of(
            new ProducerRecord<>(
                part.config().deadLetterTopic(),
                null,
                Math.max(0, letter.timestamp()),
                letter.key(),
                (byte[]) letter.value(),
                letter.headers())));
  }

  /**
   * What to do with a record that has not got to Kafka. Where that is an outage no policy applies:
   * the thread fails, is replaced, and does it again. Kafka Streams' own answer for that, {@code
   * RETRY}, would read all state again from its changelogs, without a pause, and nobody would see
   * the outage.
   *
   * <p>Kafka Streams does not ask about what it takes for fatal, such as a missing permission.
   */
  ProductionExceptionHandler.Response onProduction(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception e) {
    if (e instanceof RetriableException) {
      return ProductionExceptionHandler.Response.fail();
    }
    ofProduction.add(e);
    if (policies.production() != ErrorConfig.Production.SKIP) {
      return ProductionExceptionHandler.Response.fail();
    }
    Part part = byTopic.get(record.topic());
    if (part == null) {
      // A topic of Kafka Streams' own: without it, state would be wrong.
      return ProductionExceptionHandler.Response.fail();
    }
    part.listener().unpublished(Unpublished.NOT_TAKEN);
    log.atError()
        .addKeyValue("topic", record.topic())
        .addKeyValue("sourceTopic", context.topic())
        .addKeyValue("sourcePartition", context.partition())
        .addKeyValue("sourceOffset", context.offset())
        .log("Kafka does not take a record, and it is left out: {}", e.toString());
    return ProductionExceptionHandler.Response.resume();
  }
}
