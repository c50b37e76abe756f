package dev.weir.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person reads who made a mistake in a config; the lines of a file are parted by {@code |}.
 */
final class ConfigMessagesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          nam: n             ~ unknown key 'nam'; did you mean 'name'? Known here: kafka, name, network, source, version
          zzzzzzzz: n        ~ unknown key 'zzzzzzzz'. Known here: kafka, name, network, source, version
          name: n|verison: 2 ~ unknown key 'verison'; did you mean 'version'? Known here: kafka, name, network, source, version
          """)
  void shouldNameKnownKeysForUnknownOne(String yaml, String message) throws IOException {
    assertThat(messageFor(yaml)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {epoch: 2}         ~ unknown key 'network.epoch'; did you mean 'epochs'? Known here: activation, epochs, layers, learningRate, maxWait, seed, shuffle, stages
          {epochs: many}     ~ key 'network.epochs' is 'many', but must be a whole number
          {epochs: 1.5}      ~ key 'network.epochs' is '1.5', but must be a whole number
          {epochs: ''}       ~ key 'network.epochs' is '', but must be a whole number
          {epochs: [1]}      ~ key 'network.epochs' must be a whole number
          {epochs: {a: 1}}   ~ key 'network.epochs' must be a whole number
          {epochs: 99999999999} ~ key 'network.epochs' is '99999999999', but must be a whole number from -2147483648 to 2147483647
          {epochs: 0}        ~ key 'network.epochs' is 0, but must be at least 1
          {seed: 1e3}        ~ key 'network.seed' is '1e3', but must be a whole number
          {seed: 99999999999999999999} ~ key 'network.seed' is '99999999999999999999', but must be a whole number from -9223372036854775808 to 9223372036854775807
          {learningRate: fast} ~ key 'network.learningRate' is 'fast', but must be a number
          {learningRate: [1]}  ~ key 'network.learningRate' must be a number
          {learningRate: -1}   ~ key 'network.learningRate' is -1.0, but must be above 0.0
          {learningRate: NaN}  ~ key 'network.learningRate' is NaN, but must be above 0.0
          {shuffle: yes}     ~ key 'network.shuffle' is 'yes', but must be true or false
          {shuffle: 1}       ~ key 'network.shuffle' is '1', but must be true or false
          {activation: tanh} ~ key 'network.activation' is 'tanh', but must be one of relu, soft_plus
          {activation: 1}    ~ key 'network.activation' is '1', but must be one of relu, soft_plus
          {activation: [relu]} ~ key 'network.activation' must be one of relu, soft_plus
          {layers: [8, wide]} ~ key 'network.layers[1]' is 'wide', but must be a whole number
          {layers: [8, null]} ~ key 'network.layers[1]' has no value; give it one, or leave it out
          {layers: [8, [4]]} ~ key 'network.layers[1]' must be a whole number
          {maxWait: 10}      ~ key 'network.maxWait': '10' is not a duration; write a number with its unit: 10ms, 60s, 5m, 2h or 7d
          {maxWait: [10ms]}  ~ key 'network.maxWait' must be a number with its unit: 10ms, 60s, 5m, 2h or 7d
          {maxWait: 999999999999d} ~ key 'network.maxWait': '999999999999d' is too long; the longest duration is 106751d
          {stages: [{rounds: 2}, {rounds: x}]} ~ key 'network.stages[1].rounds' is 'x', but must be a whole number
          {stages: [{rounds: 2}, {turns: 3}]} ~ unknown key 'network.stages[1].turns'. Known here: rounds
          {stages: [{rounds: 13}]} ~ key 'network.stages[0]': thirteen rounds are not for the superstitious
          {stages: [5]}      ~ key 'network.stages[0]' must be a group of 'key: value' lines
          5                  ~ key 'network' must be a group of 'key: value' lines
          relu               ~ key 'network' must be a group of 'key: value' lines
          [relu]             ~ key 'network' must be a group of 'key: value' lines
          ''                 ~ key 'network' is '', but must be a group of 'key: value' lines
          """)
  void shouldSayWhatKeyMustBe(String network, String message) throws IOException {
    assertThat(messageFor("name: n|network: " + network)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          name: [n]                    ~ key 'name' must be text
          name: {a: b}                 ~ key 'name' must be text
          name: ''                     ~ key 'name' is missing: what the model is called
          version: 1                   ~ key 'name' is missing: what the model is called
          name: n|kafka: {ssl: {a: b}} ~ key 'kafka.ssl' must be text
          name: n|kafka: {group.id: }  ~ key 'kafka.group.id' has no value; give it one, or leave it out
          name: n|kafka: localhost     ~ key 'kafka' must be a group of 'key: value' lines
          name: n|kafka: [a]           ~ key 'kafka' must be a group of 'key: value' lines
          """)
  void shouldSayWhatTextAndMapsMustBe(String yaml, String message) throws IOException {
    assertThat(messageFor(yaml)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {files: a.csv}             ~ key 'source.type' is missing: it must be one of csv, kafka
          {type: , files: a.csv}     ~ key 'source.type' is missing: it must be one of csv, kafka
          {type: [csv]}              ~ key 'source.type' is missing: it must be one of csv, kafka
          a.csv                      ~ key 'source.type' is missing: it must be one of csv, kafka
          {type: parquet}            ~ key 'source.type' is 'parquet', but must be one of csv, kafka
          {type: kafkaa}             ~ key 'source.type' is 'kafkaa', but must be one of csv, kafka; did you mean 'kafka'?
          {type: csv, file: a.csv}   ~ unknown key 'source.file'; did you mean 'files'? Known here: files, timeColumn
          {type: csv, files: a, x: 1} ~ unknown key 'source.x'. Known here: files, timeColumn
          {type: csv}                ~ key 'source.files' is missing: a path or a glob
          {type: csv, files: []}     ~ key 'source.files' is empty: a path or a glob
          {type: csv, files: [null]} ~ key 'source.files[0]' has no value; give it one, or leave it out
          {type: csv, files: *.csv}  ~ not valid YAML at line 2: a value that starts with '*' must be in quotes
          {type: kafka, topic: t, kafka: {group.id: }} ~ key 'source.kafka.group.id' has no value; give it one, or leave it out
          """)
  void shouldExplainAlternatives(String source, String message) throws IOException {
    assertThat(messageFor("name: n|source: " + source)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``               ~ the file is empty; examples/ has configs to start from
          # only a comment ~ the file is empty; examples/ has configs to start from
          ---              ~ the file is empty; examples/ has configs to start from
          [1]              ~ a config is a list of 'key: value' lines, but this is not
          text             ~ a config is a list of 'key: value' lines, but this is not
          a: b: c          ~ not valid YAML at line 1: mapping values are not allowed here
          name: n| kafka: a ~ not valid YAML at line 2: mapping values are not allowed here
          name: n|name: m  ~ not valid YAML at line 2: duplicate key 'name'
          network:|  seed: 1|  seed: 2 ~ not valid YAML at line 3: duplicate key 'seed'
          name: 'n         ~ not valid YAML at line 1: found unexpected end of stream
          a: 1|name: @n    ~ not valid YAML at line 2: found character '@' that cannot start any token; put the value in quotes
          a: 1|name: [b, c ~ not valid YAML at line 2: expected ',' or ']', but got <stream end>
          a: &x 1|name: *x ~ not valid YAML at line 2: a value that starts with '*' must be in quotes: '*x'
          name: n|---|name: m ~ not valid YAML at line 3: a second document starts here ('---'), but a config is one
          """)
  void shouldSayWhereYamlIsWrong(String yaml, String message) throws IOException {
    assertThat(messageFor(yaml)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          name            ~ --set name: write it as key=value, for example --set threshold.falseAlarmRate=1e-4
          =n              ~ --set =n: write it as key=value, for example --set threshold.falseAlarmRate=1e-4
          network..seed=1 ~ --set network..seed: a name is empty; write the key as outer.inner, with a dot between
          .name=n         ~ --set .name: a name is empty; write the key as outer.inner, with a dot between
          name.first=n    ~ --set name.first: 'name' is a value and has no keys in it
          name=[a         ~ --set name: the value is not valid YAML at line 1: expected ',' or ']', but got <stream end>
          source.files=['*.csv', *.gz] ~ --set source.files: the value is not valid YAML at line 1: a value that starts with '*' must be in quotes
          """)
  void shouldSayWhatIsWrongWithSetting(String setting, String message) throws IOException {
    assertThat(failure("name: n", setting)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          nme=x              ~ unknown key 'nme'; did you mean 'name'? Known here: kafka, name, network, source, version
          network.epoch=3    ~ unknown key 'network.epoch'; did you mean 'epochs'? Known here: activation, epochs, layers, learningRate, maxWait, seed, shuffle, stages
          networks.epochs=3  ~ unknown key 'networks'; did you mean 'network'? Known here: kafka, name, network, source, version
          network.layers=8,4 ~ key 'network.layers[0]' is '8,4', but must be a whole number
          network.epochs=x   ~ key 'network.epochs' is 'x', but must be a whole number
          source.topic=t     ~ key 'source.type' is missing: it must be one of csv, kafka
          """)
  void shouldCheckSettingsLikeFile(String setting, String message) throws IOException {
    assertThat(failure("name: n", setting)).isEqualTo(prefix() + message);
  }

  private String messageFor(String yaml) throws IOException {
    String message = failure(yaml);
    assertThat(message).startsWith(prefix());
    return message.substring(prefix().length());
  }

  private String failure(String yaml, String... settings) throws IOException {
    Files.writeString(file(), yaml.replace('|', '\n'));
    return catchThrowableOfType(
            ConfigException.class,
            () -> ConfigReader.read(file(), List.of(settings), SampleConfig.class))
        .getMessage();
  }

  private Path file() {
    return folder.resolve("config.yaml");
  }

  private String prefix() {
    return "config " + file() + ": ";
  }
}
