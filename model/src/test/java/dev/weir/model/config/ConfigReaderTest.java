package dev.weir.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.config.SampleConfig.Activation;
import dev.weir.model.config.SampleConfig.Files;
import dev.weir.model.config.SampleConfig.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {
  @TempDir private Path folder;

  @Test
  void shouldReadEveryKindOfKey() {
    // Given
    String yaml =
        """
        # a comment
        name: web-servers
        source:
          type: csv
          files: [a.csv, 'b/*.csv.gz']
          timeColumn: time
        network:
          layers: [64, 32, 8]
          activation: soft_plus
          epochs: 7
          learningRate: 1e-4
          seed: 9000000000
          shuffle: true
          maxWait: 250ms
          stages:
            - rounds: 2
            - rounds: 3
        kafka:
          bootstrap.servers: broker-1:9092,broker-2:9092
          linger.ms: 5
          enable.idempotence: true
        """;

    // When
    SampleConfig config = read(yaml);

    // Then
    assertThat(config.name()).isEqualTo("web-servers");
    assertThat(config.version()).isNull();
    assertThat(config.source()).isEqualTo(new Files(List.of("a.csv", "b/*.csv.gz"), "time"));
    assertThat(config.network())
        .isEqualTo(
            new SampleConfig.Network(
                List.of(64, 32, 8),
                Activation.SOFT_PLUS,
                7,
                1e-4,
                9_000_000_000L,
                true,
                Duration.ofMillis(250),
                List.of(new SampleConfig.Stage(2), new SampleConfig.Stage(3))));
    assertThat(config.kafka())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bootstrap.servers", "broker-1:9092,broker-2:9092",
                "linger.ms", "5",
                "enable.idempotence", "true"));
  }

  @Test
  void shouldKeepTextAsItIsWritten() {
    // Given values that YAML takes for numbers and truth values
    String yaml =
        """
        name: yes
        version: 1.10
        kafka: {sasl.password: 0123, client.id: 1e3, client.rack: 0x10, group.id: 1_000, a: ''}
        """;

    // When
    SampleConfig config = read(yaml);

    // Then
    assertThat(config.name()).isEqualTo("yes");
    assertThat(config.version()).isEqualTo("1.10");
    assertThat(config.kafka())
        .containsEntry("sasl.password", "0123")
        .containsEntry("client.id", "1e3")
        .containsEntry("client.rack", "0x10")
        .containsEntry("group.id", "1_000")
        .containsEntry("a", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version:", "version: ~", "version: null", "network: {seed: }"})
  void shouldTakeKeyWithoutValueAsNotGiven(String line) {
    // When
    SampleConfig config = read("name: n\n" + line);

    // Then
    assertThat(config.version()).isNull();
  }

  @Test
  void shouldTakeSingleValueForList() {
    assertThat(read("name: n\nsource: {type: csv, files: a.csv}").source())
        .isEqualTo(new Files(List.of("a.csv"), null));
    assertThat(read("name: n\nnetwork: {layers: 5}").network().layers()).containsExactly(5);
  }

  @Test
  void shouldReadFileThatStartsWithByteOrderMark() {
    assertThat(read("\uFEFFname: n").name()).isEqualTo("n");
  }

  @Test
  void shouldLaySettingsOverFile() {
    // Given
    String yaml =
        """
        name: from-file
        source: {type: kafka, topic: history, kafka: {bootstrap.servers: old:1, group.id: g}}
        network: {epochs: 60, seed: 4}
        """;

    // When
    SampleConfig config =
        read(
            yaml,
            "name=first",
            "name=second",
            "source.kafka.bootstrap.servers=a:9092,b:9092",
            "source.kafka.ssl.truststore.location=/etc/trust",
            "network.epochs=7",
            "network.learningRate=1e-4",
            "network.layers=[64, 32]",
            "network.maxWait = 5m",
            "network.activation=relu",
            "network.shuffle=false",
            "kafka.client.id=c");

    // Then
    assertThat(config.name()).isEqualTo("second");
    assertThat(config.source())
        .isEqualTo(
            new Topic(
                "history",
                Map.of(
                    "bootstrap.servers", "a:9092,b:9092",
                    "group.id", "g",
                    "ssl.truststore.location", "/etc/trust")));
    assertThat(config.network().epochs()).isEqualTo(7);
    assertThat(config.network().learningRate()).isEqualTo(1e-4);
    assertThat(config.network().layers()).containsExactly(64, 32);
    assertThat(config.network().maxWait()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.network().activation()).isEqualTo(Activation.RELU);
    assertThat(config.network().shuffle()).isFalse();
    assertThat(config.network().seed()).isEqualTo(4);
    assertThat(config.kafka()).containsExactly(Map.entry("client.id", "c"));
  }

  @Test
  void shouldTakeGlobInSettingWithoutQuotes() {
    // When
    SampleConfig config = read("name: n", "source.type=csv", "source.files=*.csv.gz");

    // Then
    assertThat(config.source()).isEqualTo(new Files(List.of("*.csv.gz"), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Plain required username=\"a\" password=\"b: c\";",
        "#hash",
        "*star",
        "%percent",
        "@at",
        "{brace",
        "a #b",
        "0123",
        "",
        "null",
        "a=b"
      })
  void shouldPutSettingOfMapInAsItIs(String value) {
    // When
    SampleConfig config = read("name: n", "kafka.sasl.jaas.config=" + value);

    // Then
    assertThat(config.kafka()).containsExactly(Map.entry("sasl.jaas.config", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version=", "version=null", "version=~"})
  void shouldUnsetKeyBySetting(String setting) {
    assertThat(read("name: n\nversion: 3", setting).version()).isNull();
  }

  @Test
  void shouldReadQuotedTextAndGroupsInSettings() {
    // When
    SampleConfig config =
        read(
            "name: n",
            "name=\"null\"",
            "version='1.0 '",
            "source={type: csv, files: [a, b]}",
            "kafka={a.b: c}");

    // Then
    assertThat(config.name()).isEqualTo("null");
    assertThat(config.version()).isEqualTo("1.0 ");
    assertThat(config.source()).isEqualTo(new Files(List.of("a", "b"), null));
    assertThat(config.kafka()).containsExactly(Map.entry("a.b", "c"));
  }

  @Test
  void shouldMakeConfigOutOfSettingsAlone() {
    // When
    SampleConfig config =
        ConfigReader.of(List.of("name=n", "network.epochs=2"), SampleConfig.class);

    // Then
    assertThat(config.name()).isEqualTo("n");
    assertThat(config.network().epochs()).isEqualTo(2);
  }

  @Test
  void shouldSayThatSettingsAreWrongWhereThereIsNoFile() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigReader.of(List.of("name="), SampleConfig.class))
        .withMessage("config settings: key 'name' is missing: what the model is called");
  }

  @Test
  void shouldSayThatFileIsMissing() {
    Path file = folder.resolve("absent.yaml");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigReader.read(file, List.of(), SampleConfig.class))
        .withMessage("config " + file + ": there is no such file");
  }

  @Test
  void shouldSayThatFileIsFolder() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigReader.read(folder, List.of(), SampleConfig.class))
        .withMessage("config " + folder + ": this is a folder; name the file in it");
  }

  @Test
  void shouldSayThatFileIsNotText() throws IOException {
    // Given
    Path file = folder.resolve("model.onnx");
    java.nio.file.Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xc3, 0x28});

    // Then
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigReader.read(file, List.of(), SampleConfig.class))
        .withMessage("config " + file + ": this is not a text file in UTF-8");
  }

  private SampleConfig read(String yaml, String... settings) {
    Path file = folder.resolve("config.yaml");
    try {
      java.nio.file.Files.writeString(file, yaml, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ConfigReader.read(file, List.of(settings), SampleConfig.class);
  }
}
