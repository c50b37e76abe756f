package dev.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.config.ConfigException;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.schemas.read.RecordFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainConfigTest {
  private static final List<String> SMALLEST =
      List.of("name=web", "source.type=csv", "source.files=a.csv");

  @Test
  void shouldFillInWhatIsNotGiven() {
    // When
    TrainConfig config = read();

    // Then
    assertThat(config.source()).isEqualTo(new CsvSourceConfig(List.of("a.csv"), null));
    assertThat(config.features()).isEqualTo(FeatureSelection.ALL);
    assertThat(config.split()).isEqualTo(SplitConfig.DEFAULT);
    assertThat(config.threshold()).isEqualTo(ThresholdConfig.DEFAULT);
    assertThat(config.model()).isEqualTo(AutoencoderConfig.DEFAULT);
  }

  @Test
  void shouldReadTopic() {
    // When
    TrainConfig config =
        ConfigReader.of(
            List.of(
                "name=web",
                "source.type=kafka",
                "source.topic=metrics",
                "source.kafka.bootstrap.servers=localhost:9092"),
            TrainConfig.class);

    // Then
    assertThat(config.source())
        .isInstanceOfSatisfying(
            KafkaSourceConfig.class,
            kafka -> {
              assertThat(kafka.topic()).isEqualTo("metrics");
              assertThat(kafka.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
              assertThat(kafka.from()).isEqualTo("earliest");
              assertThat(kafka.to()).isEqualTo("latest");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name=''                            | key 'name' is missing",
        "model.epochs=0                     | key 'model.epochs' is 0, but must be at least 1",
        "model.epochs=many                  | key 'model.epochs'",
        "model.batchSize=0                  | key 'model.batchSize' is 0, but must be at least 1",
        "model.learningRate=0               | key 'model.learningRate' is 0.0, but must be above",
        "model.learningRate=.inf            | key 'model.learningRate'",
        "model.patience=0                   | key 'model.patience' is 0, but must be at least 1",
        "model.hiddenLayers=[]              | key 'model.hiddenLayers' is empty",
        "model.hiddenLayers=[8, 0]          | key 'model.hiddenLayers' is 0, but must be at least",
        "model.activation=sine              | key 'model.activation' is 'sine', but must be one of",
        "model.family=forest                | key 'model.family' is 'forest', but must be one of autoencoder, pca, vae",
        "model.hiddenLayers=[8, 65537]      | key 'model.hiddenLayers' is 65537, but must be at most 65536",
        "model.batchSize=1000001            | key 'model.batchSize' is 1000001, but must be at most 1000000",
        "threshold.falseAlarmRate=1e-13     | key 'threshold.falseAlarmRate' is 1.0E-13, but must be at least 1.0E-12",
        "model.epoch=3                      | unknown key 'model.epoch'; did you mean 'epochs'?",
        "source.file=b.csv                  | unknown key 'source.file'; did you mean 'files'?",
        "source.files=[]                    | key 'source.files' is empty",
        "source.type=orc                    | key 'source.type' is 'orc'",
        "features.include=[]                | key 'features.include' is empty",
        "features.types=[]                  | key 'features.types' is empty",
        "features.types=[number]            | must be one of numeric, boolean, categorical, timestamp",
        "features.scaling=max               | key 'features.scaling' is 'max', but must be one of standard, robust, minMax",
        "features.clip=0                    | key 'features.clip' is 0.0, but must be above 0.0",
        "features.missingIndicator=true     | unknown key 'features.missingIndicator'; did you mean 'missingIndicators'?",
        "features.columns=[{type: numeric}] | key 'features.columns[0].match' is missing",
        "features.columns=[{match: a, type: text}] | key 'features.columns[0].type' is 'text', but must be one of numeric, boolean",
        "features.columns=[{match: a, transforms: [log]}] | but must be one of none, log1p, signedLog, difference, rate, rollingMean, rollingDeviation",
        "features.columns=[{match: a, transforms: [rate, rate]}] | names one of them twice",
        "features.columns=[{match: a, type: boolean, transforms: [rate]}] | are of numeric columns, but the type is boolean",
        "features.columns=[{match: a, transforms: [rate], rows: 3}] | 'transforms' has none",
        "features.columns=[{match: a, transforms: [rollingMean], rows: 1}] | key 'features.columns[0].rows' is 1, but must be at least 2",
        "features.columns=[{match: a, type: numeric, categories: 3}] | say 'type: categorical'",
        "features.columns=[{match: a, transforms: [none], embedding: 3}] | say 'type: categorical'",
        "features.columns=[{match: a, categories: 0}] | key 'features.columns[0].categories' is 0, but must be at least 1",
        "features.columns=[{match: a, embedding: 1000}] | is 1000, but must be at most 256",
        "split.validation=0                 | key 'split.validation' is 0.0, but must be above 0.0",
        "split.calibration=0.7              | key 'split.calibration' and 'validation' together",
        "threshold.falseAlarmRate=1         | key 'threshold.falseAlarmRate' is 1.0, but must be",
        "threshold.falseAlarmRate=.nan      | key 'threshold.falseAlarmRate'",
        "threshold={quantile: 0.9, mad: 3}  | key 'threshold.falseAlarmRate' and 'quantile', 'mad', 'value' and 'labels' exclude each other",
        "threshold.quantile=1               | key 'threshold.quantile' is 1.0, but must be above 0.0 and below 1.0",
        "threshold.mad=0                    | key 'threshold.mad' is 0.0, but must be above 0.0",
        "threshold.value=-1                 | key 'threshold.value' is -1.0, but must be above 0.0",
        "threshold.labels=bestF1            | key 'labelled' is missing: threshold.labels needs it",
        "threshold.labels=yes               | key 'threshold.labels'",
        "labelled.files=[]                  | key 'labelled.files' is empty",
        "contamination=much                 | key 'contamination' is 'much', but must be none, auto, or a share above 0 and up to 0.3",
        "contamination=0.4                  | key 'contamination' is '0.4', but must be none, auto, or a share",
        "source.exclude=[{from: 2026-10-03T00:00:00Z, to: 2026-10-03T06:00:00Z}] | key 'source.exclude' needs 'timeColumn'",
        "source.exclude=[{from: 2026-10-03T06:00:00Z, to: 2026-10-03T06:00:00Z}] | key 'source.exclude[0].to' is 2026-10-03T06:00:00Z, but must be after 'from'",
        "source.exclude=[{from: yesterday, to: 2026-10-03T06:00:00Z}] | key 'source.exclude[0].from' is 'yesterday', but must be a time such as",
        "source.exclude=[{from: 2026-10-03T06:00:00Z}] | key 'source.exclude[0].to' is missing",
        "source.sample=0                    | key 'source.sample' is 0, but must be at least 1",
        "model.window=0                     | key 'model.window' is 0, but must be at least 1",
      })
  void shouldSayWhichKeyIsWrong(String setting, String problem) {
    // When / Then
    assertThatThrownBy(() -> read(setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldReadGapsThatNeedTimes() {
    assertThat(read("features.maxGap=10m", "source.timeColumn=t").features().gap())
        .contains(Duration.ofMinutes(10));
    assertThat(read("features.exclude=x").features().gap()).isEmpty();
    assertThatThrownBy(() -> read("features.maxGap=10m"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'features.maxGap' needs 'source.timeColumn'");
    assertThatThrownBy(() -> read("features.maxGap=0s", "source.timeColumn=t"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'features.maxGap' is 0, but must be a duration such as 10m");
  }

  @Test
  void shouldReadHowColumnsAreEncoded() {
    // When
    FeatureSelection features =
        read(
                "features.types=[numeric, timestamp]",
                "features.scaling=minMax",
                "features.clip=5",
                "features.missingIndicators=true",
                "features.columns=[{match: net_*, transforms: [signedLog, rollingMean]},"
                    + " {match: region, embedding: 4}]")
            .features();

    // Then
    assertThat(features.types()).containsExactly(ColumnType.NUMERIC, ColumnType.TIMESTAMP);
    assertThat(features.scaling()).isEqualTo(Scaling.MIN_MAX);
    assertThat(features.clip()).isEqualTo(5);
    assertThat(features.missingIndicators()).isTrue();
    assertThat(features.columns())
        .containsExactly(
            new ColumnRule(
                "net_*",
                null,
                List.of(Transform.SIGNED_LOG, Transform.ROLLING_MEAN),
                12,
                null,
                null),
            new ColumnRule("region", ColumnType.CATEGORICAL, List.of(), null, null, 4));
    assertThat(features.embedding("region")).hasValue(4);
  }

  @Test
  void shouldReadWhereKeysAre() {
    assertThat(read("source.keyColumn=host", "source.timeColumn=t").source())
        .isEqualTo(new CsvSourceConfig(List.of("a.csv"), "t", "host"));
    assertThat(topic("source.keyField=payload.host").keyPath())
        .contains(FieldPath.parse("payload.host"));
    assertThat(topic("source.from=earliest").keyPath()).isEmpty();
    assertThatThrownBy(() -> read("source.keyColumn=t", "source.timeColumn=t"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'source.keyColumn' is 't', and so is 'timeColumn'");
    assertThatThrownBy(() -> topic("source.keyField=payload..host"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'source.keyField' is no path of a field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pca         | variance=1         | key 'model.variance' is 1.0, but must be above 0.0 and below 1",
        "pca         | components=0       | key 'model.components' is 0, but must be at least 1",
        "pca         | window=0           | key 'model.window' is 0, but must be at least 1",
        "pca         | epochs=3           | unknown key 'model.epochs'",
        "autoencoder | regularization=l1  | key 'model.regularization' is 'l1', but must be one of",
        "autoencoder | sparsity=1         | key 'model.sparsity' belongs to regularization: sparse, but regularization is none",
        "autoencoder | regularization=sparse noise=1 | key 'model.noise' belongs to regularization: denoising, but",
        "autoencoder | regularization=denoising contraction=1 | key 'model.contraction' belongs to regularization: contractive, but",
        "autoencoder | regularization=denoising noise=1 masking=0.5 | key 'model.noise' and 'masking' are two ways",
        "autoencoder | regularization=denoising masking=1 | key 'model.masking' is 1.0, but must be above 0.0 and below 1",
        "autoencoder | regularization=sparse sparsityTarget=1 | key 'model.sparsityTarget' is 1.0, but must be",
        "autoencoder | regularization=sparse sparsity=0 | key 'model.sparsity' is 0.0, but must be above",
        "autoencoder | regularization=contractive contraction=-1 | key 'model.contraction' is -1.0, but must be above",
        "autoencoder | regularization=contractive dropout=0.1 | key 'model.dropout' and 'regularization: contractive' do not",
        "autoencoder | overcomplete=true | key 'model.overcomplete' is true, so the network could copy",
        "autoencoder | regularization=sparse overcomplete=true hiddenLayers=[4] | key 'model.overcomplete' and 'hiddenLayers'",
        "autoencoder | dropout=1          | key 'model.dropout' is 1.0, but must be above 0.0 and below 1",
        "autoencoder | weightDecay=-1     | key 'model.weightDecay' is -1.0, but must be at least 0 and below 1",
        "vae         | beta=0             | key 'model.beta' is 0.0, but must be above",
        "vae         | warmUp=-1          | key 'model.warmUp' is -1, but must be at least 0",
        "vae         | score=likelihood   | key 'model.score' is 'likelihood', but must be one of",
        "vae         | samples=5          | key 'model.samples' belongs to score: reconstructionProbability",
        "vae         | score=reconstructionProbability samples=0 | key 'model.samples' is 0, but must be at least 1",
      })
  void shouldSayWhichKeyOfFamilyIsWrong(String family, String settings, String problem) {
    // Given
    List<String> all = new ArrayList<>(List.of("model.family=" + family));
    List.of(settings.split(" ")).forEach(setting -> all.add("model." + setting));

    // When / Then
    assertThatThrownBy(() -> read(all.toArray(new String[0])))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldRefuseTwoWaysToCountComponents() {
    // When / Then
    assertThatThrownBy(() -> read("model.family=pca", "model.variance=0.5", "model.components=3"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'model.components' and 'variance' both say");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday | key 'source.from' is 'yesterday', but must be earliest or a time such as",
        "from=latest    | key 'source.from' is 'latest', but must be earliest or a time such as",
        "to=earliest    | key 'source.to' is 'earliest', but must be latest or a time such as",
      })
  void shouldRefuseTimesThatAreNone(String setting, String problem) {
    // When / Then
    assertThatThrownBy(() -> topic("source." + setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadFormats(RecordFormat format) {
    // When
    KafkaSourceConfig source =
        topic(
            "source.format=" + format,
            "source.schemaRegistry.schema.registry.url=http://localhost:8081",
            "source.schemaRegistry.basic.auth.user.info=me:secret");

    // Then
    assertThat(source.format()).isEqualTo(format);
    assertThat(source.schemaRegistry())
        .containsEntry("schema.registry.url", "http://localhost:8081")
        .containsEntry("basic.auth.user.info", "me:secret");
    assertThat(topic().format()).isEqualTo(RecordFormat.JSON);
    assertThat(topic().schemaRegistry()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JSON")
  void shouldAskForARegistryIfTheFormatNeedsOne(RecordFormat format) {
    for (List<String> settings :
        List.of(
            List.of("source.format=" + format),
            List.of("source.format=" + format, "source.schemaRegistry.max.retries=1"))) {
      assertThatThrownBy(() -> topic(settings.toArray(String[]::new)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("key 'source.schemaRegistry.schema.registry.url' is missing")
          .hasMessageContaining("format " + format + " needs it");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.format=xml         | key 'source.format' is 'xml', but must be one of json, avro,",
        "source.fromat=avro        | unknown key 'source.fromat'; did you mean 'format'?",
        "source.schemaRegistry=x   | key 'source.schemaRegistry'",
        "source.schemaRegsitry.a=x | unknown key 'source.schemaRegsitry'; did you mean 'schemaRegistry'?",
      })
  void shouldRefuseFormatsAndRegistriesThatAreNone(String setting, String problem) {
    assertThatThrownBy(() -> topic(setting))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldReadTimes() {
    // When
    KafkaSourceConfig source = topic("source.from=2026-10-01T00:00:00Z");

    // Then
    assertThat(source.start()).hasValue(Instant.parse("2026-10-01T00:00:00Z"));
    assertThat(source.end()).isEmpty();
  }

  @Test
  void shouldAskForBootstrapServers() {
    // When / Then
    assertThatThrownBy(
            () ->
                ConfigReader.of(
                    List.of(
                        "name=web",
                        "source.type=kafka",
                        "source.topic=metrics",
                        "source.kafka.client.id=x"),
                    TrainConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key 'source.kafka.bootstrap.servers' is missing");
  }

  @Test
  void shouldDeriveNetworkFromNumberOfFeatures() {
    // Given
    AutoencoderConfig derived = (AutoencoderConfig) read().model();
    AutoencoderConfig given =
        (AutoencoderConfig) read("model.family=autoencoder", "model.hiddenLayers=[9,3]").model();

    // When / Then
    assertThat(given.hiddenLayers(38)).containsExactly(9, 3);
    assertThat(given.describe(38, 1000)).containsEntry("hiddenLayers", List.of(9, 3));
    for (int features : new int[] {1, 2, 8, 38, 500, 40_000}) {
      assertThat(derived.hiddenLayers(features)).allMatch(width -> width <= 256);
      assertThat(derived.hiddenLayers(features)).isNotEmpty().allMatch(width -> width >= 1);
      assertThat(derived.describe(features, 1000)).doesNotContainValue(null);
    }
  }

  @Test
  void shouldDeriveTrainingFromNumberOfRows() {
    // Given
    AutoencoderConfig derived = (AutoencoderConfig) read().model();
    AutoencoderConfig given =
        (AutoencoderConfig)
            read("model.epochs=7", "model.batchSize=50", "model.patience=3").model();

    // When / Then
    assertThat(given.training(1)).isEqualTo(new NetworkTraining(7, 50, 2e-3, 0, 3, 1));
    assertThat(derived.training(1)).isEqualTo(new NetworkTraining(200, 32, 2e-3, 0, 33, 1));
    assertThat(derived.training(3200)).isEqualTo(new NetworkTraining(50, 64, 2e-3, 0, 10, 1));
    assertThat(derived.training(1_000_000)).isEqualTo(new NetworkTraining(40, 256, 2e-3, 0, 10, 1));
  }

  @Test
  void shouldDeriveCodeWiderThanInput() {
    // Given
    AutoencoderConfig config =
        (AutoencoderConfig)
            read("model.regularization=denoising", "model.overcomplete=true").model();

    // When / Then
    for (int columns : new int[] {1, 8, 38, 600}) {
      List<Integer> widths = config.hiddenLayers(columns);
      assertThat(widths.get(widths.size() - 1)).isGreaterThan(columns);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lstm-autoencoder        | window=1                | 'model.window' is 1, but a sequence has at least 2",
        "gru-autoencoder         | window=1025             | 'model.window' is 1025, but must be at most 1024",
        "transformer-autoencoder | window=257              | 'model.window' is 257, but must be at most 256",
        "lstm-autoencoder        | heads=2                 | 'model.heads' is 2, but only a transformer-autoencoder",
        "transformer-autoencoder | hiddenSize=10, heads=4  | 'model.heads' is 4, but must divide hiddenSize, which is 10",
        "transformer-autoencoder | heads=0                 | 'model.heads' is 0, but must be at least 1",
        "lstm-autoencoder        | hiddenSize=0            | 'model.hiddenSize' is 0, but must be at least 1",
        "lstm-autoencoder        | codeSize=0              | 'model.codeSize' is 0, but must be at least 1",
        "lstm-autoencoder        | layers=0                | 'model.layers' is 0, but must be at least 1",
        "gru-autoencoder         | dropout=1               | 'model.dropout' is 1.0, but must be 0 or more and below 1",
        "gru-autoencoder         | masking=-0.1            | 'model.masking' is -0.1, but must be 0 or more and below 1",
        "gru-autoencoder         | weightDecay=-1          | 'model.weightDecay' is -1.0, but must be at least 0 and below 1",
        "gru-autoencoder         | epochs=0                | 'model.epochs' is 0, but must be at least 1",
        "gru-autoencoder         | hiddenLayers=[3]        | unknown key 'model.hiddenLayers'",
      })
  void shouldSayWhichKeyOfSequenceModelIsWrong(String family, String settings, String problem) {
    // Given
    List<String> all = new ArrayList<>(List.of("model.family=" + family));
    for (String setting : settings.split(", ", -1)) {
      all.add("model." + setting);
    }

    // When / Then
    assertThatThrownBy(() -> read(all.toArray(new String[0])))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @EnumSource(SequenceKind.class)
  void shouldDeriveSequenceModelFromNumberOfColumns(SequenceKind kind) {
    // When
    SequenceConfig derived = (SequenceConfig) read("model.family=" + kind.family()).model();
    SequenceConfig given =
        (SequenceConfig)
            read("model.family=" + kind.family(), "model.hiddenSize=6", "model.codeSize=3").model();

    // Then
    assertThat(derived.kind()).isEqualTo(kind);
    assertThat(derived.window()).isGreaterThan(1);
    assertThat(given.training(100)).isEqualTo(new NetworkTraining(100, 32, 2e-3, 0, 16, 1));
    assertThat(derived.training(16_600)).isEqualTo(new NetworkTraining(10, 128, 2e-3, 0, 5, 1));
    for (int columns : new int[] {1, 2, 7, 38, 500}) {
      assertThat(derived.codeSize(columns)).isPositive();
      assertThat(derived.describe(columns, 500))
          .doesNotContainValue(null)
          .containsKey("hiddenSize");
      if (kind == SequenceKind.TRANSFORMER) {
        assertThat(derived.hiddenSize(columns) % derived.heads()).isZero();
        assertThat(given.hiddenSize(columns) % given.heads()).isZero();
      }
    }
    assertThat(given.hiddenSize(38)).isEqualTo(6);
    assertThat(given.codeSize(38)).isEqualTo(3);
  }

  private static KafkaSourceConfig topic(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name=web",
                "source.type=kafka",
                "source.topic=metrics",
                "source.kafka.bootstrap.servers=localhost:9092"));
    settings.addAll(List.of(more));
    return (KafkaSourceConfig) ConfigReader.of(settings, TrainConfig.class).source();
  }

  private static TrainConfig read(String... more) {
    List<String> settings = new ArrayList<>(SMALLEST);
    settings.addAll(List.of(more));
    return ConfigReader.of(settings, TrainConfig.class);
  }
}
