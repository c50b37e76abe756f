package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.ColumnType;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of features of all kinds. */
final class EncodedHistoryTest {
  private static final float MISSING = Float.NaN;

  @TempDir private Path folder;

  @Test
  void shouldEncodeTruthValuesCategoriesAndMoments() throws IOException {
    // Given
    String file =
        TestFiles.write(
            folder,
            "h.csv",
            "up,flag,region,code,at,day",
            "true,1,eu,404,2026-10-01T06:00:00Z,2026-10-05",
            "false,0,us,200,2026-10-02T12:30:00Z,2026-10-04",
            ",,,,,",
            ",1,us,200,,");
    FeatureSelection selection =
        new FeatureSelection(
            null,
            List.of(ColumnType.values()),
            null,
            List.of(rule("flag", ColumnType.BOOLEAN), rule("code", ColumnType.CATEGORICAL)),
            null,
            null,
            null);

    // When
    History history = read(new CsvSourceConfig(List.of(file), null, null), selection);

    // Then
    assertThat(history.features().features())
        .containsExactly(
            feature("up", "up", FeatureType.BOOLEAN),
            feature("flag", "flag", FeatureType.BOOLEAN),
            Feature.categorical("region", List.of("us", "eu")),
            Feature.categorical("code", List.of("200", "404")),
            feature("at.hourOfDay", "at", FeatureType.HOUR_OF_DAY),
            feature("at.dayOfWeek", "at", FeatureType.DAY_OF_WEEK),
            feature("day.hourOfDay", "day", FeatureType.HOUR_OF_DAY),
            feature("day.dayOfWeek", "day", FeatureType.DAY_OF_WEEK));
    assertThat(history.rows().copy())
        .containsExactly(
            1,
            1,
            2,
            2,
            6,
            3.25f,
            0,
            0, //
            0,
            0,
            1,
            1,
            12.5f,
            4.5208335f,
            0,
            6, //
            MISSING,
            1,
            1,
            1,
            MISSING,
            MISSING,
            MISSING,
            MISSING);
    assertThat(history.rejected()).isEqualTo(1);
  }

  @Test
  void shouldKeepStateOfEachKey() throws IOException {
    // Given
    String file =
        TestFiles.write(
            folder, "h.csv", "t,host,bytes", "3000,a,60", "1000,a,10", "2000,b,500", "6000,b,100");
    FeatureSelection selection =
        rules(
            new ColumnRule(
                "bytes", null, List.of(Transform.NONE, Transform.RATE), null, null, null));

    // When
    History keyed = read(new CsvSourceConfig(List.of(file), "t", "host"), selection);
    History one = read(new CsvSourceConfig(List.of(file), "t", null), selection);

    // Then
    assertThat(keyed.features().names()).containsExactly("bytes", "bytes.rate");
    assertThat(keyed.rows().copy()).containsExactly(10, MISSING, 500, MISSING, 60, 25, 100, -100);
    assertThat(keyed.linked().previous()).containsExactly(-1, -1, 0, 1);
    assertThat(keyed.linked().times()).containsExactly(1000, 2000, 3000, 6000);
    assertThat(one.rows().copy()).containsExactly(10, MISSING, 500, 490, 60, -440, 100, 40 / 3f);
    assertThat(one.linked().previous()).containsExactly(-1, 0, 1, 2);
  }

  @Test
  void shouldTakeTimeColumnAsMoments() throws IOException {
    // Given
    String file =
        TestFiles.write(folder, "h.csv", "t,a", "2026-10-01T00:00:00Z,1", "2026-10-01T00:00:02Z,5");

    // When
    History history =
        read(
            new CsvSourceConfig(List.of(file), "t", null),
            rules(new ColumnRule("a", null, List.of(Transform.RATE), null, null, null)));

    // Then
    assertThat(history.rows().copy()).containsExactly(MISSING, 2);
    assertThat(history.linked().times()[0])
        .isEqualTo(Instant.parse("2026-10-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void shouldRefuseRateWithoutTimes() throws IOException {
    String file = TestFiles.write(folder, "h.csv", "a", "1", "2");
    FeatureSelection rate =
        rules(new ColumnRule("a", null, List.of(Transform.RATE), null, null, null));
    assertThatThrownBy(() -> read(new CsvSourceConfig(List.of(file), null, null), rate))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "feature 'a.rate' is a rate per second, and nobody says when the rows happened; name"
                + " the column in source.timeColumn, or take the difference");
  }

  @Test
  void shouldSayHowManyCategoriesCountAsOther() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "n,x", "1,a", "2,b", "3,c", "4,c");

    // When
    History history =
        read(
            new CsvSourceConfig(List.of(file), null, null),
            rules(new ColumnRule("x", ColumnType.CATEGORICAL, null, null, 2, null)));

    // Then
    assertThat(history.rows().copy()).containsExactly(1, 2, 2, 0, 3, 1, 4, 1);
    assertThat(history.notes())
        .singleElement()
        .asString()
        .startsWith(
            "'x' has 3 different values in the training part; all but the 2 most frequent count as one");
  }

  @Test
  void shouldLearnCategoriesFromTrainingPartOnly() throws IOException {
    // Given a value that comes in the newest three tenths only, the file being newest first
    List<String> lines = new ArrayList<>(List.of("t,x"));
    for (int i = 99; i >= 0; i--) {
      lines.add(i + "," + (i >= 70 ? "late" : i % 3 == 0 ? "rare" : "usual"));
    }
    String file = TestFiles.write(folder, "h.csv", lines.toArray(String[]::new));
    CsvSourceConfig config = new CsvSourceConfig(List.of(file), "t", null);
    FeatureSelection selection = rules(rule("x", ColumnType.CATEGORICAL));

    for (int window : new int[] {1, 10}) {
      // When
      History history =
          Histories.read(
              config,
              selection,
              new ReadingPlan(window, Optional.empty(), SplitConfig.DEFAULT, Long.MAX_VALUE),
              unused -> {});

      // Then it is among the others, as it would be in a stream
      assertThat(history.features().features().get(0).categories())
          .containsExactlyElementsOf(
              window == 1 ? List.of("usual", "rare") : List.of("usual", "rare", "late"));
      assertThat(history.rows().at(69, 0)).isEqualTo(2);
      assertThat(history.rows().at(99, 0)).isEqualTo(window == 1 ? 0 : 3);
    }
  }

  @Test
  void shouldSayThatCategoriesComeTooLate() throws IOException {
    List<String> lines = new ArrayList<>(List.of("n,x"));
    for (int i = 0; i < 100; i++) {
      lines.add(i + "," + (i >= 70 ? "late" : ""));
    }
    String file = TestFiles.write(folder, "h.csv", lines.toArray(String[]::new));
    assertThatThrownBy(
            () ->
                Histories.read(
                    new CsvSourceConfig(List.of(file), null, null),
                    rules(rule("x", ColumnType.CATEGORICAL)),
                    new ReadingPlan(1, Optional.empty(), SplitConfig.DEFAULT, Long.MAX_VALUE),
                    unused -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'x' of "
                + file
                + " has no value in the training part; give it a longer history, or leave the"
                + " column out with features.exclude: [x]");
  }

  @Test
  void shouldRefuseStatesThatNoScorerCanKeep() throws IOException {
    // Given 30 columns
    String[] names = new String[30];
    Arrays.setAll(names, i -> "c" + i);
    String file = TestFiles.write(folder, "h.csv", String.join(",", names), "1" + ",2".repeat(29));
    CsvSourceConfig config = new CsvSourceConfig(List.of(file), null, null);
    FeatureSelection rolling =
        rules(
            new ColumnRule("c1*", null, List.of(Transform.ROLLING_MEAN), 10_000, null, null),
            new ColumnRule("c2*", null, List.of(Transform.ROLLING_MEAN), 9_000, null, null));

    // When / Then
    assertThatThrownBy(
            () -> Histories.read(config, FeatureSelection.ALL, Plans.of(9_000), unused -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "what the scorer would remember of a key takes up to 1,079,905 bytes, and 1,000,000 are"
                + " the most: model.window of 9,000 rows of 30 features; lower model.window to"
                + " 8,334, or have fewer features");
    assertThat(
            Histories.read(config, FeatureSelection.ALL, Plans.of(8_334), unused -> {})
                .rows()
                .count())
        .isEqualTo(1);
    assertThatThrownBy(() -> Histories.read(config, rolling, Plans.ROWS, unused -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("what the scorer would remember of a key takes up to 1,")
        .hasMessageContaining("'c1.rollingMean' over 10,000 rows; lower 'rows' in the rules of");
  }

  @Test
  void shouldNameRowWhoseValueDoesNotFit() throws IOException {
    String file = TestFiles.write(folder, "h.csv", "a,b", "1,1", "2,3");
    assertThatThrownBy(
            () ->
                read(
                    new CsvSourceConfig(List.of(file), null, null),
                    rules(rule("b", ColumnType.BOOLEAN))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("row 2 after the header: field 'b' should be true, false, 1 or 0");
  }

  /** What the scorer does with the same rows as records, its state written down at every one. */
  @Test
  void shouldEncodeFileAsItsStream() throws Exception {
    // Given
    Random random = new Random(4);
    List<String> lines = new ArrayList<>(List.of("t,host,bytes,up,region,load"));
    List<String> records = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long time = 1_790_000_000_000L;
    for (int i = 0; i < 500; i++) {
      time += random.nextInt(3) * 250L;
      String host = "host-" + random.nextInt(4);
      String bytes = random.nextInt(9) == 0 ? null : String.valueOf(random.nextInt(1 << 30));
      boolean up = random.nextBoolean();
      String region = List.of("eu", "us", "asia", "rare" + i).get(random.nextInt(4));
      double load = random.nextGaussian();
      String at = Instant.ofEpochMilli(time).toString();
      lines.add(
          String.join(
              ",", at, host, bytes == null ? "" : bytes, "" + up, region, Double.toString(load)));
      records.add(
          "{\"bytes\":%s,\"up\":%s,\"region\":\"%s\",\"load\":%s,\"t\":\"%s\"}"
              .formatted(bytes, up, region, load, at));
      keys.add(host);
      times.add(time);
    }
    String file = TestFiles.write(folder, "h.csv", lines.toArray(String[]::new));
    FeatureSelection selection =
        new FeatureSelection(
            List.of("*", "t"),
            List.of(ColumnType.values()),
            null,
            List.of(
                new ColumnRule(
                    "bytes",
                    null,
                    List.of(
                        Transform.RATE,
                        Transform.DIFFERENCE,
                        Transform.ROLLING_MEAN,
                        Transform.ROLLING_DEVIATION),
                    5,
                    null,
                    null),
                new ColumnRule("region", null, null, null, 3, null)),
            null,
            null,
            null);

    // When
    History history = read(new CsvSourceConfig(List.of(file), "t", "host"), selection);

    // Then
    int d = history.features().width();
    assertThat(d).isEqualTo(9);
    FeatureEncoder encoder = new FeatureEncoder(history.features());
    JsonRecordReader reader = new JsonRecordReader(history.features().fields());
    FieldValues values = new FieldValues(history.features().fields().size());
    Map<String, byte[]> store = new HashMap<>();
    float[] file500 = history.rows().copy();
    float[] row = new float[d];
    for (int i = 0; i < records.size(); i++) {
      byte[] stored = store.get(keys.get(i));
      EncoderState state = stored == null ? encoder.newState() : encoder.restore(stored);
      reader.read(records.get(i).getBytes(StandardCharsets.UTF_8), values);
      encoder.encode(values, times.get(i), state, row, 0);
      store.put(keys.get(i), state.toBytes());
      assertThat(row).containsExactly(Arrays.copyOfRange(file500, i * d, (i + 1) * d));
    }
  }

  private static ColumnRule rule(String match, ColumnType type) {
    return new ColumnRule(match, type, null, null, null, null);
  }

  private static FeatureSelection rules(ColumnRule... rules) {
    return new FeatureSelection(null, null, null, List.of(rules), null, null, null);
  }

  private static Feature feature(String name, String path, FeatureType type) {
    return new Feature(name, FieldPath.parse(path), type);
  }

  private static History read(CsvSourceConfig config, FeatureSelection selection) {
    return Histories.read(config, selection, Plans.ROWS, unused -> {});
  }
}
