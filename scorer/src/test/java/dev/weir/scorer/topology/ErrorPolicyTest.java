package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonParseException;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.LocalPort;
import dev.weir.scorer.state.DamagedStateException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records with which something goes wrong, by the policies of the config. */
class ErrorPolicyTest {

  @Test
  void shouldStopAtARecordThatCannotBeReadIfToldTo() {
    TopologyFixture fixture = fixture("errors.deserialization=fail");
    fixture.pipe("a", "{\"cpu\": 1}");

    assertThatThrownBy(() -> fixture.pipe("a", "broken"))
        .hasStackTraceContaining("topic metrics, partition 0, offset 1 cannot be read")
        .satisfies(e -> assertThat(fixture.errors.isFinal(e)).isTrue());
    assertThat(fixture.deadLetters().isEmpty()).isTrue();
  }

  @Test
  void shouldFailWithTheTaskIfARecordCannotBeScored() {
    TopologyFixture fixture = fixture();
    fixture.models.failingAt(13);

    assertThatThrownBy(() -> fixture.pipe("a", "{\"cpu\": 13}"))
        .hasStackTraceContaining("told to fail")
        .satisfies(e -> assertThat(fixture.errors.isFinal(e)).isFalse());
  }

  @Test
  void shouldEndAtOnceIfToldTo() {
    TopologyFixture fixture = fixture("errors.processing=fail");
    fixture.models.failingAt(13);

    assertThatThrownBy(() -> fixture.pipe("a", "{\"cpu\": 13}"))
        .satisfies(e -> assertThat(fixture.errors.isFinal(e)).isTrue());
    assertThat(fixture.errors.isFinal(new StreamsException("x", outage()))).isFalse();
  }

  @Test
  void shouldPutTheOneRecordAsideThatCannotBeScored() {
    try (TopologyFixture fixture = fixture("errors.processing=dead-letter", "batch.maxRows=4")) {
      // Given a model that fails at a batch with a 13 in it
      fixture.models.failingAt(13);

      // When
      for (int cpu = 11; cpu < 19; cpu++) {
        fixture.pipe("k" + cpu, "{\"cpu\": " + cpu + "}");
      }

      // Then
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getScore)
          .containsExactly(11.0, 12.0, 14.0, 15.0, 16.0, 17.0, 18.0);
      List<TestRecord<byte[], byte[]>> letters = fixture.deadLetters().readRecordsToList();
      assertThat(letters)
          .extracting(
              letter -> text(letter.key()),
              letter -> text(letter.value()),
              letter -> header(letter, "weir.error.reason"),
              letter -> header(letter, "weir.error.class"),
              letter -> header(letter, "weir.source.offset"))
          .containsExactly(
              tuple(
                  "k13",
                  "{\"cpu\": 13}",
                  "processing-failed",
                  "java.lang.IllegalStateException",
                  "2"));
      assertThat(fixture.listener.rejections).containsExactly(RejectReason.PROCESSING_FAILED);
    }
  }

  @Test
  void shouldPutTheRecordAsideWhoseAlertCannotBeMade() {
    // Given a registry that refuses the schema of alerts, and so their serializer
    ScorerConfig config =
        Configs.of(
            "errors.processing=dead-letter",
            "kafka.default.value.serde=" + FailingSerde.class.getName());
    try (TopologyFixture fixture = new TopologyFixture(config)) {
      fixture.pipe("a", "{\"cpu\": 2}");
      fixture.pipe("b", "{\"cpu\": 20}");
      fixture.pipe("c", "{\"cpu\": 3}");

      // Then
      assertThat(fixture.deadLetters().readRecordsToList())
          .extracting(
              letter -> text(letter.key()),
              letter -> text(letter.value()),
              letter -> header(letter, "weir.error.reason"),
              letter -> header(letter, "weir.error.message"),
              letter -> header(letter, "weir.source.offset"))
          .containsExactly(tuple("b", "{\"cpu\": 20}", "failed", "cannot write it", "1"));
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.FAILED);
      assertThat(fixture.listener.scored).hasSize(3);
    }
  }

  @Test
  void shouldBlameNoRecordForAnOutage() {
    TopologyFixture fixture = fixture("errors.processing=dead-letter");
    fixture.models.failingWith(outage());

    assertThatThrownBy(() -> fixture.pipe("a", "{\"cpu\": 1}"))
        .hasStackTraceContaining("SchemaRegistryException: cannot get the schema with id 1")
        .satisfies(e -> assertThat(ErrorHandlers.isWaitedFor(e)).isTrue());
    assertThat(fixture.deadLetters().isEmpty()).isTrue();
  }

  @Test
  void shouldNotSendWhatIsTooLargeForKafka() {
    try (TopologyFixture fixture = fixture("kafka.max.request.size=3000")) {
      // Given a key that is as long as a record may be
      String key = "k".repeat(2_000);

      // When
      fixture.pipe(key, "{\"cpu\": 2}");
      fixture.pipe(key, "{\"cpu\": 20}");
      fixture.pipe("short", "{\"cpu\": 20}");
      fixture.pipe("short", "broken" + "x".repeat(2_400));

      // Then
      assertThat(fixture.alerts().readValuesToList()).hasSize(1);
      assertThat(fixture.listener.alerts).hasSize(1);
      assertThat(fixture.listener.unpublished).hasSize(3).containsOnly(Unpublished.TOO_LARGE);
      List<TestRecord<byte[], byte[]>> letters = fixture.deadLetters().readRecordsToList();
      assertThat(letters)
          .extracting(
              TestRecord::value,
              letter -> text(letter.key()),
              letter -> header(letter, "weir.error.reason"),
              letter -> header(letter, "weir.source.offset"),
              letter -> header(letter, "weir.value.left-out.bytes"))
          .containsExactly(
              tuple(null, null, "too-large", "0", null),
              tuple(null, null, "too-large", "1", null),
              tuple(null, null, "too-large", "1", null),
              tuple(null, "short", "malformed", "3", "2406"));
    }
  }

  @Test
  void shouldNotSendOnWhatIsTooLargeWithTheKeyOfAField() {
    try (TopologyFixture fixture = fixture("kafka.max.request.size=3000", "input.keyField=host")) {
      // Given records that would just fit without another key and the header of their origin
      String host = "h".repeat(600);
      String record = "{\"cpu\": 2, \"host\": \"" + host + "\", \"more\": \"%s\"}";

      // When
      fixture.pipe("a", record.formatted("x".repeat(1_000)));
      fixture.pipe("b", record.formatted("x".repeat(1_400)));
      fixture.pipe("c", "{\"cpu\": 2, \"host\": \"d\"}");

      // Then
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getKey)
          .containsExactly(host, "d");
      assertThat(fixture.deadLetters().readRecordsToList())
          .extracting(
              letter -> text(letter.key()),
              letter -> header(letter, "weir.error.reason"),
              letter -> header(letter, "weir.source.offset"))
          .containsExactly(tuple("b", "too-large", "1"));
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.TOO_LARGE);
    }
  }

  @Test
  void shouldLeaveTheHeadersOfADeadLetterOutIfTheyAreTooLarge() {
    try (TopologyFixture fixture = fixture("kafka.max.request.size=3000")) {
      fixture.pipe(
          TopologyFixture.bytes("k"),
          TopologyFixture.bytes("broken"),
          TopologyFixture.NOW,
          new RecordHeaders().add("large", new byte[2_400]));

      TestRecord<byte[], byte[]> letter = fixture.deadLetters().readRecord();
      assertThat(letter.value()).isNull();
      assertThat(header(letter, "weir.error.reason")).isEqualTo("malformed");
      assertThat(header(letter, "weir.source.offset")).isEqualTo("0");
      assertThat(header(letter, "weir.value.left-out.bytes")).isEqualTo("6");
      assertThat(header(letter, "weir.headers.left-out.bytes")).isEqualTo("2413");
      assertThat(header(letter, "large")).isNull();
    }
  }

  @Test
  void shouldNotKeepAStateThatIsTooLarge() {
    try (TopologyFixture fixture =
        fixture(
            "kafka.max.request.size=3000",
            "output.scored=",
            "alerts.silence.after=5m",
            "state.cachedKeys=1")) {
      // Given a key of which the state is larger than a record of the topic
      String key = "k".repeat(2_000);
      fixture.pipe(key, "{\"cpu\": 2}");
      fixture.pipe("a", "{\"cpu\": 2}");
      fixture.pipe("b", "{\"cpu\": 2}");

      // Then
      assertThat(fixture.listener.unpublished)
          .isNotEmpty()
          .containsOnly(Unpublished.STATE_TOO_LARGE);
      try (var all = fixture.driver.getKeyValueStore(new Names("").keyWatches()).all()) {
        assertThat(all).toIterable().hasSize(2);
      }
    }
  }

  /** The model on trial is nobody's business but its own. */
  @Test
  void shouldLetAComparisonGoThatIsTooLarge() {
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of(
                "kafka.max.request.size=3000",
                "shadow.path=other",
                "shadow.topic=compared",
                "output.scored="))) {
      fixture.pipe("k".repeat(2_450), "{\"cpu\": 2}");
      fixture.pipe("a", "{\"cpu\": 2}");

      assertThat(fixture.deadLetters().isEmpty()).isTrue();
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.TOO_LARGE);
      assertThat(fixture.compared("compared").readValuesToList()).hasSize(1);
    }
  }

  @Test
  void shouldLeaveOutWhatKafkaDoesNotTakeIfToldTo() {
    try (TopologyFixture fixture =
        fixture("errors.production=skip", "kafka.processing.guarantee=at_least_once")) {
      assertThat(produce(fixture, "metrics-alerts")).isEqualTo(Result.RESUME);
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.NOT_TAKEN);
      assertThat(produce(fixture, "weir-test-encoder-states-changelog")).isEqualTo(Result.FAIL);
    }
  }

  @Test
  void shouldFailWithWhatKafkaDoesNotTake() {
    try (TopologyFixture retrying = fixture();
        TopologyFixture failing = fixture("errors.production=fail")) {
      RuntimeException cause = new RecordTooLargeException("too large");
      assertThat(produce(retrying, "metrics-alerts", cause)).isEqualTo(Result.FAIL);
      assertThat(produce(failing, "metrics-alerts", cause)).isEqualTo(Result.FAIL);

      StreamsException seen = new StreamsException("sending", cause);
      assertThat(retrying.errors.isFinal(seen)).isFalse();
      assertThat(failing.errors.isFinal(seen)).isTrue();
      assertThat(failing.errors.isFinal(new StreamsException(new TimeoutException("x")))).isFalse();
    }
  }

  /** A broker that is away refuses no record, whatever is to be done with those it refuses. */
  @ParameterizedTest
  @ValueSource(strings = {"retry", "skip", "fail"})
  void shouldWaitForABrokerThatIsAway(String policy) {
    try (TopologyFixture fixture =
        fixture("errors.production=" + policy, "kafka.processing.guarantee=at_least_once")) {
      List<Exception> outages =
          List.of(new TimeoutException("expired"), new NotEnoughReplicasException("one is away"));
      assertThat(outages)
          .allSatisfy(
              outage -> {
                assertThat(produce(fixture, "metrics-alerts", outage)).isEqualTo(Result.FAIL);
                StreamsException seen = new StreamsException("sending", outage);
                assertThat(fixture.errors.isFinal(seen)).isFalse();
                assertThat(ErrorHandlers.isWaitedFor(seen)).isTrue();
              });
      assertThat(fixture.listener.unpublished).isEmpty();
    }
  }

  /** Two threads may fail at once. */
  @Test
  void shouldKnowEachFailureOfProductionNotOnlyTheLast() {
    try (TopologyFixture failing = fixture("errors.production=fail")) {
      List<Exception> causes =
          List.of(new RecordTooLargeException("a"), new InvalidRecordException("b"));
      causes.forEach(cause -> produce(failing, "metrics-alerts", cause));

      assertThat(causes)
          .allSatisfy(
              cause -> assertThat(failing.errors.isFinal(new StreamsException(cause))).isTrue());
    }
  }

  /** What a punctuator does is about no record. */
  @Test
  void shouldFailWithWhatFailsByTheClock() {
    try (TopologyFixture fixture = fixture("errors.processing=dead-letter")) {
      assertThat(
              fixture
                  .errors
                  .onProcessing(context(), null, new IllegalStateException("by the clock"))
                  .result())
          .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }
  }

  /** What the scorer keeps for itself is no broker that will be back. */
  @Test
  void shouldEndAtOnceWhereWhatItKeepsIsDamaged() {
    try (TopologyFixture fixture =
        fixture("input.keyField=host", "errors.processing=dead-letter")) {
      // When a record comes to the application's own topic that it has not sent
      Throwable seen =
          catchThrowable(
              () -> fixture.pipeInto("weir-test-keyed-repartition", "a", "{\"cpu\": 1}"));

      // Then
      assertThat(seen)
          .hasRootCauseInstanceOf(DamagedStateException.class)
          .hasStackTraceContaining("has no header weir.origin")
          .hasStackTraceContaining("'When what is kept is damaged'");
      assertThat(fixture.errors.isFinal(seen)).isTrue();
      assertThat(ErrorHandlers.isWaitedFor(seen)).isFalse();
      assertThat(ErrorHandlers.isOutage(seen)).isFalse();
    }
    // And what was cut off within it is no cut-off connection
    Throwable cutOff = new DamagedStateException("a piece", new EOFException());
    assertThat(ErrorHandlers.isOutage(new StreamsException(cutOff))).isFalse();
    assertThat(ErrorHandlers.isWaitedFor(new StreamsException(cutOff))).isFalse();
  }

  @Test
  void shouldBeginAKeyAnewWhoseIncidentsAreDamaged() {
    try (TopologyFixture fixture = fixture("alerts.silence.after=5m", "state.cachedKeys=1")) {
      // Given
      fixture.pipe("a", "{\"cpu\": 2}");
      fixture.pipe("b", "{\"cpu\": 2}");
      KeyValueStore<Bytes, byte[]> watches =
          fixture.driver.getKeyValueStore(new Names("").keyWatches());
      List<Bytes> kept = new ArrayList<>();
      try (var all = watches.all()) {
        all.forEachRemaining(entry -> kept.add(entry.key));
      }
      kept.forEach(name -> watches.put(name, TopologyFixture.bytes("{\"lastSeen\": ")));

      // When
      fixture.pipe("a", "{\"cpu\": 20}");

      // Then
      assertThat(kept).hasSize(2);
      assertThat(fixture.alerts().readValuesToList()).hasSize(1);
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.STATE_DAMAGED);
    }
  }

  @Test
  void shouldWaitForWhatWillAnswerAgain() {
    assertThat(ErrorHandlers.isWaitedFor(new StreamsException("x", outage()))).isTrue();
    assertThat(ErrorHandlers.isWaitedFor(new StreamsException(new TimeoutException("x")))).isTrue();
    assertThat(ErrorHandlers.isWaitedFor(new StreamsException("no topic"))).isFalse();
    assertThat(ErrorHandlers.isWaitedFor(new IllegalStateException("x"))).isFalse();
    assertThat(
            ErrorHandlers.isWaitedFor(
                new UncheckedIOException(new JsonParseException(null, "cannot be read"))))
        .isFalse();
  }

  private static Result produce(TopologyFixture fixture, String topic) {
    return produce(fixture, topic, new RecordTooLargeException("too large"));
  }

  private static Result produce(TopologyFixture fixture, String topic, Exception cause) {
    return fixture
        .errors
        .onProduction(context(), new ProducerRecord<>(topic, new byte[0]), cause)
        .result();
  }

  private static ErrorHandlerContext context() {
    return (ErrorHandlerContext)
        Proxy.newProxyInstance(
            ErrorPolicyTest.class.getClassLoader(),
            new Class<?>[] {ErrorHandlerContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "topic" -> "metrics";
                  case "partition" -> 0;
                  case "offset" -> 7L;
                  case "processorNodeId" -> new Names("").route();
                  default -> null;
                });
  }

  /** What a registry that is not there does to its client. */
  private static RuntimeException outage() {
    try (SchemaRegistry registry =
        SchemaRegistries.open(
            Map.of(
                "schema.registry.url",
                "http://127.0.0.1:" + LocalPort.free(),
                "max.retries",
                "0"))) {
      return catchThrowableOfType(RuntimeException.class, () -> registry.fetch(1));
    } catch (IOException e) {
      throw new AssertionError("no port is free", e);
    }
  }

  private static TopologyFixture fixture(String... settings) {
    String[] all = new String[settings.length + 1];
    all[0] = "output.scored=scores";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return new TopologyFixture(Configs.of(all));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return letter.headers().lastHeader(name) == null
        ? null
        : text(letter.headers().lastHeader(name).value());
  }
}
