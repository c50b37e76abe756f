package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.config.ErrorConfig;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.FakeModels;
import dev.weir.scorer.fixture.RecordingListener;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.topology.ScoringProcessor.Pending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ScoringProcessorTest {
  private final Manifest manifest = TinyManifest.ofThreeFeatures();
  private final FakeModels models = new FakeModels(manifest);
  private final RecordingListener listener = new RecordingListener();
  private final FakeProcessorContext task = new FakeProcessorContext();
  private final Names names = new Names("");
  private final ScoringProcessor processor =
      new ScoringProcessor(
          names,
          Configs.of("batch.maxRows=3", "batch.maxWait=1s", "output.scored=scored")
              .pipelines()
              .get(0),
          models,
          this::session,
          (states, boundary) -> Optional.empty(),
          new Forgetting(Duration.ofDays(1)),
          ErrorConfig.DEFAULT,
          new SizeLimit(1_000),
          new DeadLetters("weir-test", "weir-test", new SizeLimit(1_000), listener),
          listener,
          WallClock.OF_TASK);

  private ModelSession<Pending> session(
      KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary, TaskId task) {
    AnomalyModel model = models.newScorer();
    FeatureEncoder encoder = new FeatureEncoder(model.manifest().features());
    return new ModelSession<>(
        model,
        new JsonRecordReader(encoder.spec().fields()),
        encoder,
        Optional.empty(),
        new VerdictMaker(model.manifest(), AlertConfig.DEFAULT),
        Optional.empty(),
        3);
  }

  @Test
  void shouldHoldRecordsBackUntilTheBatchIsFull() {
    // Given
    processor.init(task.context());
    process(10, 1);
    process(11, 2);
    assertThat(task.forwarded).isEmpty();

    // When
    process(12, 3);

    // Then
    assertThat(scores()).containsExactly(1.0, 2.0, 3.0);
    assertThat(listener.flushes).containsExactly(3);
  }

  @Test
  void shouldForwardEachRecordAsFromItsOwnPlace() {
    // Given
    processor.init(task.context());
    process(10, 1);
    process(11, 2);

    // When
    process(12, 3);

    // Then
    assertThat(offsets()).containsExactly(10L, 11L, 12L);
    assertThat(task.recordContext.offset()).isEqualTo(12);
  }

  @Test
  void shouldEmptyTheBatchWhenItHasWaitedLongEnough() {
    processor.init(task.context());
    process(10, 1);
    task.recordContext = null;

    task.punctuator.punctuate(0);

    assertThat(offsets()).containsExactly(10L);
    assertThat(task.recordContext).isNull();
  }

  @Test
  void shouldEmptyTheBatchBeforeACommitAsIfTheProcessorDidIt() {
    // Given
    processor.init(task.context());
    process(10, 1);
    process(11, 2);
    task.currentNode = null;
    task.recordContext = null;

    // When
    task.boundary.flushCache();

    // Then
    assertThat(offsets()).containsExactly(10L, 11L);
    assertThat(task.forwarded)
        .extracting(FakeProcessorContext.Forwarded::node)
        .containsOnly(task.node);
    assertThat(task.currentNode).isNull();
    assertThat(task.recordContext).isNull();
  }

  @Test
  void shouldFailACommitWhoseRecordsCannotBeScored() {
    // Given
    processor.init(task.context());
    process(10, 1);
    models.made().get(0).failing(true);
    task.currentNode = null;

    // Then
    assertThatThrownBy(() -> task.boundary.flushCache()).hasMessage("told to fail");
    assertThat(task.currentNode).isNull();
    assertThat(task.forwarded).isEmpty();
  }

  @Test
  void shouldPutTheCurrentRecordBackWhenForwardingFails() {
    processor.init(task.context());
    process(10, 1);
    process(11, 2);
    task.failing(true);

    assertThatThrownBy(() -> process(12, 3)).hasMessage("cannot forward");

    assertThat(task.recordContext.offset()).isEqualTo(12);
    assertThat(listener.flushes).isEmpty();
    assertThat(models.made()).extracting(FakeModel::openBatches).containsExactly(0);
  }

  @Test
  void shouldBeginAnewWhenItsTaskIsRevived() {
    // Given a task that is closed without a commit, with a record in the batch
    processor.init(task.context());
    process(10, 1);
    processor.close();
    task.boundary.close();

    // When it is started again and its record is read again
    processor.init(task.context());
    process(10, 1);
    task.boundary.flushCache();

    // Then
    assertThat(offsets()).containsExactly(10L);
    assertThat(models.made()).extracting(FakeModel::isClosed).containsExactly(true, false);
  }

  @Test
  void shouldSwapModelsBetweenTwoBatchesOnly() {
    // Given a batch that has begun
    processor.init(task.context());
    process(10, 1);

    // When another model takes over
    models.replace(TinyManifest.ofThreeFeatures());
    process(11, 2);
    process(12, 3);

    // Then the batch is scored by the model that it began with
    assertThat(models.made()).extracting(FakeModel::batchSizes).containsExactly(List.of(3));

    // And the next one by the other
    process(13, 4);
    task.boundary.flushCache();
    assertThat(models.made())
        .extracting(FakeModel::batchSizes)
        .containsExactly(List.of(3), List.of(1));
    assertThat(models.made()).extracting(FakeModel::isClosed).containsExactly(true, false);
  }

  @Test
  void shouldLetGoOfAModelThatIsReplacedThoughNoRecordsCome() {
    processor.init(task.context());

    models.replace(TinyManifest.ofThreeFeatures());
    task.punctuator.punctuate(0);

    assertThat(models.made()).extracting(FakeModel::isClosed).containsExactly(true, false);
  }

  @Test
  void shouldCloseItsScorerOnceAndOnlyIfItHasOne() {
    processor.close();
    processor.init(task.context());
    processor.close();
    processor.close();

    assertThat(models.open()).isZero();
    assertThat(models.made()).hasSize(1);
  }

  private void process(long offset, float score) {
    task.at(offset);
    byte[] json = ("{\"cpu\": " + score + "}").getBytes(StandardCharsets.UTF_8);
    processor.process(new Record<>(new byte[0], Pack.ofValue(json), offset));
  }

  private List<Double> scores() {
    return task.forwarded.stream().map(f -> ((JudgedRecord) f.value()).verdict().score()).toList();
  }

  private List<Long> offsets() {
    return task.forwarded.stream().map(FakeProcessorContext.Forwarded::offset).toList();
  }
}
