package dev.weir.scorer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.config.ConfigException;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.scorer.fixture.Configs;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerConfigTest {

  @Test
  void shouldHaveDefaults() {
    ScorerConfig config = Configs.of();

    assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(config.pipelines()).hasSize(1);
    PipelineConfig pipeline = config.pipelines().get(0);
    assertThat(pipeline.name()).isEqualTo("weir-test");
    assertThat(pipeline.alertsTopic()).isEqualTo("metrics-alerts");
    assertThat(pipeline.deadLetterTopic()).isEqualTo("metrics-dead-letter");
    assertThat(pipeline.output().scored()).isNull();
    assertThat(pipeline.output().createTopics()).isFalse();
    assertThat(pipeline.alerts().falseAlarmRate()).isNull();
    assertThat(pipeline.alerts().topFeatures()).isEqualTo(5);
    assertThat(pipeline.batch().maxRows()).isEqualTo(512);
    assertThat(pipeline.batch().maxWait()).isEqualTo(Duration.ofMillis(10));
    assertThat(pipeline.model().watchEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.state())
        .isEqualTo(new StateConfig(StateConfig.Store.MEMORY, Duration.ofDays(7), 1000));
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({"cpu, CPU, 0", "auto, AUTO, 0", "gpu, GPU, 0", "gpu:0, GPU, 0", "gpu:12, GPU, 12"})
  void shouldReadDevices(String written, ComputeDevice.Kind kind, int index) {
    assertThat(Configs.of("model.device=" + written).pipelines().get(0).model().device())
        .isEqualTo(new ComputeDevice(kind, index));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "gpu:", "gpu:-1", "gpu:1x", "GPU", "gpu:1000"})
  void shouldRefuseOtherDevices(String written) {
    assertThatThrownBy(() -> Configs.of("model.device=" + written))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.device")
        .hasMessageContaining("cpu, auto, gpu or gpu:N");
  }

  @Test
  void shouldTakeWhatIsGiven() {
    ScorerConfig config =
        Configs.of(
            "output.alerts=a",
            "output.deadLetter=d",
            "output.scored=s",
            "output.createTopics=true",
            "alerts.falseAlarmRate=1e-5",
            "alerts.topFeatures=3",
            "batch.maxRows=64",
            "batch.maxWait=2s",
            "threads=4",
            "http.port=0",
            "http.host=0.0.0.0");

    assertThat(config.pipelines().get(0).alertsTopic()).isEqualTo("a");
    assertThat(config.pipelines().get(0).deadLetterTopic()).isEqualTo("d");
    assertThat(config.output())
        .isEqualTo(new OutputConfig("a", "d", new ScoredConfig("s", 1.0), true));
    assertThat(config.alerts()).isEqualTo(new AlertConfig(1e-5, 3));
    assertThat(config.batch()).isEqualTo(new BatchConfig(64, Duration.ofSeconds(2)));
    assertThat(config.threads()).isEqualTo(4);
    assertThat(config.http()).isEqualTo(new HttpConfig("0.0.0.0", 0));
  }

  @Test
  void shouldTakeKafkasKeysWithTheirDotsAndNumbers() {
    ScorerConfig config =
        Configs.of(
            "kafka.commit.interval.ms=100",
            "kafka.processing.guarantee=at_least_once",
            "schemaRegistry.max.retries=0");

    assertThat(config.kafka())
        .containsEntry("commit.interval.ms", "100")
        .containsEntry("processing.guarantee", "at_least_once");
    assertThat(config.schemaRegistry()).containsEntry("max.retries", "0");
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeEveryFormat(RecordFormat format) {
    assertThat(Configs.of("input.format=" + format).input().format()).isEqualTo(format);
    assertThat(Configs.of().input().format()).isEqualTo(RecordFormat.JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "applicationId, applicationId",
    "kafka.bootstrap.servers, kafka",
    "input.topic, input",
    "model.path, model",
    "schemaRegistry.schema.registry.url, schemaRegistry"
  })
  void shouldSayWhatIsMissing(String without, String named) {
    assertThatThrownBy(() -> Configs.without(without))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + named + "'")
        .hasMessageContaining("missing");
  }

  @Test
  void shouldTakeASampleOfScores() {
    assertThat(
            Configs.of("output.scored.topic=s", "output.scored.sample=0.01")
                .pipelines()
                .get(0)
                .output()
                .scored())
        .isEqualTo(new ScoredConfig("s", 0.01));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "applicationId= | applicationId | is missing",
        "input.topic= | input.topic | is missing",
        "model.path= | model.path | is missing",
        "alerts.falseAlarmRate=0 | alerts.falseAlarmRate | above 1.0E-12 and below 1.0",
        "alerts.falseAlarmRate=1 | alerts.falseAlarmRate | above 1.0E-12 and below 1.0",
        "alerts.falseAlarmRate=.nan | alerts.falseAlarmRate | must be a number",
        "alerts.topFeatures=0 | alerts.topFeatures | at least 1",
        "output.scored=a b | output.scored.topic | a topic's name has letters",
        "output.scored.sample=0.5 | output.scored.topic | is missing",
        "output.scored={topic: s, sample: 1.5} | output.scored.sample | must be 0 to 1",
        "errors.processing=ignore | errors.processing | retry",
        "errors.production=skip | errors.production | at_least_once",
        "batch.maxRows=0 | batch.maxRows | at least 1",
        "drift.window=10ms | drift.window | must be 1s at least",
        "drift.bins=21 | drift.bins | at most 20",
        "drift.bins=1 | drift.bins | at least 2",
        "drift.minRecords=0 | drift.minRecords | at least 1",
        "drift.threshold=0 | drift.threshold | above 0",
        "batch.maxRows=65537 | batch.maxRows | at most 65536",
        "batch.maxWait=0ms | batch.maxWait | 1ms to 60s",
        "batch.maxWait=61s | batch.maxWait | 1ms to 60s",
        "batch.maxWait=10 | batch.maxWait | 10ms, 60s",
        "input.topics=[metrics] | input.topics | have one of them",
        "input.pattern=m.* | input.pattern | have one of them",
        "input.keyField=a..b | input.keyField | no path of a field",
        "model.watchEvery=0ms | model.watchEvery | 1ms at least",
        "state.store=disk | state.store | must be one of memory, rocksdb",
        "state.retention=0s | state.retention | 1s at least",
        "state.cachedKeys=0 | state.cachedKeys | at least 1",
        "threads=0 | threads | at least 1",
        "threads=many | threads | a whole number",
        "http.port=65536 | http.port | 0 to 65535",
        "http.port=-1 | http.port | 0 to 65535",
        "http.keptAlerts=0 | http.keptAlerts | at least 1",
        "http.keptAlerts=5001 | http.keptAlerts | at most 5000",
        "http.auth.user=ops | http.auth.password | is missing",
        "http.auth.password=x | http.auth.user | is missing",
        "http.tls.certificate=a.pem | http.tls.key | is missing",
        "http.tls.key=a.pem | http.tls.certificate | or 'keystore'",
        "http.tls.keystore=a.p12 | http.tls.password | is missing",
        "input.format=xml | input.format | must be one of json, avro, json-schema, protobuf",
        "input.fromat=avro | input.fromat | did you mean 'format'?",
        "input.schemaRegistry=x | input.schemaRegistry | unknown",
        "schemaRegsitry.schema.registry.url=http://x | schemaRegsitry | did you mean"
            + " 'schemaRegistry'?",
        "output.createTopics=maybe | output.createTopics | true or false",
        "output.alert=a | output.alert | did you mean 'alerts'?",
        "treads=2 | treads | did you mean 'threads'?"
      })
  void shouldRefuse(String setting, String key, String hint) {
    assertThatThrownBy(() -> Configs.of(setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "output.alerts=metrics, output.alerts, input.topic",
    "output.deadLetter=metrics, output.deadLetter, input.topic",
    "output.scored=metrics, output.scored, input.topic",
    "output.scored=metrics-alerts, output.scored, output.alerts",
    "output.deadLetter=metrics-alerts, output.deadLetter, output.alerts"
  })
  void shouldRefuseATopicThatIsUsedTwice(String setting, String key, String other) {
    assertThatThrownBy(() -> Configs.of(setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining(other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topics=[] | topics | must name a topic at least",
        "topics=[a, a] | topics | names a topic twice",
        "topics=[a, 'b c'] | topics | a topic's name has letters",
        "pattern=a( | pattern | no regular expression",
        "pattern=weir-.*log | pattern | topics of the application's own",
      })
  void shouldRefuseInputsThatCannotBe(String setting, String key, String hint) {
    assertThatThrownBy(() -> Configs.of("input.topic=", "input." + setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'input." + key + "'")
        .hasMessageContaining(hint);
  }

  @Test
  void shouldReadSeveralTopicsOrThoseOfAPattern() {
    InputConfig several = Configs.of("input.topic=", "input.topics=[a, b]").input();
    InputConfig like = Configs.of("input.topic=", "input.pattern=metrics\\..*").input();

    assertThat(several.topics()).containsExactly("a", "b");
    assertThat(several.described()).isEqualTo("topics a, b");
    assertThat(like.topicPattern().orElseThrow().matcher("metrics.eu").matches()).isTrue();
    assertThat(like.topics()).isEmpty();
    assertThat(Configs.of("input.topic=", "input.topics=[a, b]").pipelines().get(0).alertsTopic())
        .isEqualTo("weir-test-alerts");
  }

  @Test
  void shouldTakeAListOfPipelines() {
    ScorerConfig config =
        pipelines(
            "{name: eu, input: {topic: a}, model: {path: m}}, "
                + "{name: us, input: {topic: b}, model: {path: m}, alerts: {falseAlarmRate: 0.5}}");

    assertThat(config.isList()).isTrue();
    assertThat(config.pipelines())
        .extracting(PipelineConfig::name, PipelineConfig::alertsTopic)
        .containsExactly(tuple("eu", "a-alerts"), tuple("us", "b-alerts"));
    assertThat(config.pipelines().get(1).alerts().falseAlarmRate()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "| name a pipeline at least",
        "{name: x, model: {path: m}} | 'pipelines[0].input'",
        "{input: {topic: a}, model: {path: m}} | 'pipelines[0].name'",
        "{name: a b, input: {topic: a}, model: {path: m}} | a pipeline's name has letters",
        "{name: x, input: {topic: a}, model: {path: m}}, {name: x, input: {topic: b}, model: {path:"
            + " m}} | two that are called 'x'",
        "{name: x, input: {topic: a}, model: {path: m}}, {name: y, input: {topic: a}, model: {path:"
            + " m}} | write to a-alerts",
        "{name: x, input: {topic: a}, model: {path: m}}, {name: y, input: {topic: a-alerts}, model:"
            + " {path: m}} | which reads a-alerts",
        "{name: x, input: {topics: [a, b]}, model: {path: m}, output: {alerts: c, deadLetter: d}},"
            + " {name: y, input: {topic: b}, model: {path: m}} | some of the same topics",
        "{name: x, input: {topic: a, startFrom: latest}, model: {path: m}, output: {alerts: c,"
            + " deadLetter: d}}, {name: y, input: {topic: a}, model: {path: m}} | 'startFrom'",
        "{name: x, input: {pattern: a.}, model: {path: m}, output: {alerts: c, deadLetter: d}},"
            + " {name: y, input: {topic: ab}, model: {path: m}} | some of the same topics",
      })
  void shouldRefuseListsThatCannotBe(String list, String hint) {
    assertThatThrownBy(() -> pipelines(list == null ? "" : list))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(hint);
  }

  @Test
  void shouldLetPipelinesReadTheSameTopicsAlike() {
    assertThat(
            pipelines(
                    "{name: x, input: {topic: a}, model: {path: m}, output: {alerts: c, deadLetter:"
                        + " d}}, {name: y, input: {topic: a, keyField: host}, model: {path: m}}")
                .pipelines())
        .hasSize(2);
  }

  @Test
  void shouldRefuseAPipelineBesideTheList() {
    assertThatThrownBy(
            () -> Configs.of("pipelines=[{name: x, input: {topic: a}, model: {path: m}}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stands beside 'pipelines'");
  }

  private static ScorerConfig pipelines(String list) {
    return Configs.of("input=", "model=", "pipelines=[" + list + "]");
  }

  @Test
  void shouldNotChangeWhenTheGivenMapsDo() {
    ScorerConfig config = Configs.of();

    assertThatThrownBy(() -> config.kafka().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.schemaRegistry().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
