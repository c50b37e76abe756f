package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileHistoryTest {
  private static final float MISSING = Float.NaN;

  @TempDir private Path folder;

  @Test
  void shouldTakeEverythingNumericButTime() throws IOException {
    // Given
    String file =
        TestFiles.write(folder, "h.csv", "t,host,cpu,memory", "3,a,0.3,30", "1,b,0.1,", "2,c,,20");

    // When
    History history = read(file, "t", FeatureSelection.ALL);

    // Then
    assertThat(history.features().names()).containsExactly("cpu", "memory");
    assertThat(history.rows().copy()).containsExactly(0.1f, MISSING, MISSING, 20, 0.3f, 30);
    assertThat(history.rejected()).isZero();
    assertThat(history.origin()).isEqualTo(file);
  }

  @Test
  void shouldReadSameFromPlainAndGzippedFiles() throws IOException {
    // Given
    String plain = TestFiles.write(folder, "h.csv", "a,b", "1,2", "3,4");
    String gzipped = TestFiles.write(folder, "h.csv.gz", "a,b", "1,2", "3,4");

    // When
    History one = read(plain, null, FeatureSelection.ALL);
    History other = read(gzipped, null, FeatureSelection.ALL);

    // Then
    assertThat(one.rows().fingerprint()).isEqualTo(other.rows().fingerprint());
    assertThat(one.rows().copy()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldLeaveOutRowsWithoutAnyValueAndSayWhichIsFirst() throws IOException {
    // Given rows that stand in the files in another order than that of time
    TestFiles.write(folder, "1.csv", "t,a,b", "9,1,", "8,,");
    TestFiles.write(folder, "2.csv", "t,a,b", "7,,", "6,,2");

    // When
    History history = read(folder + "/*.csv", "t", FeatureSelection.ALL);

    // Then
    assertThat(history.rows().copy()).containsExactly(MISSING, 2, 1, MISSING);
    assertThat(history.rejected()).isEqualTo(2);
    assertThat(history.notes())
        .containsExactly(
            "rows without any value were left out: 2; the first one: "
                + folder.resolve("1.csv")
                + ", row 2 after the header");
  }

  @Test
  void shouldSayWhichColumnsAreNotNumeric() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "up,load,mix", "true,1,x", "false,2,3");

    // When
    History history = read(file, null, FeatureSelection.ALL);

    // Then
    assertThat(history.features().names()).containsExactly("load");
    assertThat(history.notes()).singleElement().asString().contains("left out: up, mix.");
  }

  @Test
  void shouldKnowHowColumnsVaryInDoublePrecision() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a,b", "1000000001,1", "1000000003,", ",1");

    // When
    History history = read(file, null, FeatureSelection.ALL);

    // Then
    assertThat(history.rows().copy()).startsWith(1e9f, 1, 1e9f);
    assertThat(history.spreads()).containsExactly(new Spread(1000000002, 1), new Spread(1, 0));
    assertThat(history.spreads())
        .extracting(Spread::isLostInSinglePrecision)
        .containsExactly(true, false);
  }

  @Test
  void shouldOrderRowsOfSeveralFilesTogether() throws IOException {
    // Given
    TestFiles.write(folder, "1.csv", "t,a", "5,50", "1,10");
    TestFiles.write(folder, "2.csv", "a,t", "30,3");

    // When
    History history = read(folder + "/*.csv", "t", FeatureSelection.ALL);

    // Then
    assertThat(history.rows().copy()).containsExactly(10, 30, 50);
  }

  @Test
  void shouldLeaveMissingWhatOneOfTheFilesLacks() throws IOException {
    // Given
    TestFiles.write(folder, "1.csv", "a,b", "1,2");
    TestFiles.write(folder, "2.csv", "a", "3");

    // When
    History history = read(folder + "/*.csv", null, FeatureSelection.ALL);

    // Then
    assertThat(history.rows().copy()).containsExactly(1, 2, 3, MISSING);
  }

  @Test
  void shouldReadColumnWithDotAsNestedFieldOfRecord() throws Exception {
    // Given
    String file = TestFiles.write(folder, "h.csv", "cpu.user,cpu.idle", "1,2");

    // When
    History history = read(file, null, FeatureSelection.ALL);

    // Then the scorer finds the feature in a record, where the dot leads into an object
    FieldValues values = new FieldValues(2);
    new JsonRecordReader(history.features().fields())
        .read("{\"cpu\":{\"user\":1,\"idle\":2}}".getBytes(StandardCharsets.UTF_8), values);
    float[] row = new float[2];
    new FeatureEncoder(history.features()).encode(values, row, 0);
    assertThat(row).containsExactly(history.rows().copy());
    assertThat(history.features().names()).containsExactly("cpu.user", "cpu.idle");
  }

  @Test
  void shouldRefuseNameThatCannotBePath() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a..b,c", "1,2");

    // When / Then
    assertThatThrownBy(() -> read(file, null, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("'a..b'")
        .hasMessageContaining("leave it out with features.exclude");
    FeatureSelection without = new FeatureSelection(null, List.of("a..b"));
    assertThat(read(file, null, without).features().names()).containsExactly("c");
  }

  @Test
  void shouldRefuseFileWithoutRows() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a,b");

    // When / Then
    assertThatThrownBy(() -> read(file, null, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + " has a header, but no rows; check source.files");
  }

  @Test
  void shouldNameRowOfInfiniteValueAsItStandsInItsFile() throws IOException {
    // Given
    TestFiles.write(folder, "1.csv", "t,a", "9,1", "8,2");
    TestFiles.write(folder, "2.csv", "t,a", "7,3", "6,inf");

    // When / Then
    assertThatThrownBy(() -> read(folder + "/*.csv", "t", FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(folder.resolve("2.csv") + ", row 2 after the header: field 'a'")
        .hasMessageContaining("infinite")
        .hasMessageContaining("mend the row, or leave the column out with features.exclude");
  }

  @Test
  void shouldRefuseNumberBeyondSinglePrecision() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a", "1", "4e38");

    // When / Then
    assertThatThrownBy(() -> read(file, null, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("row 2")
        .hasMessageContaining("beyond single precision");
  }

  @Test
  void shouldNameColumnThatIsNumericInAllRowsButOne() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a,b", "1,1", "2,oops", "3,3");

    // When / Then
    assertThatThrownBy(() -> read(file, null, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'b' of "
                + file
                + " is not numeric (1 of its 3 values are not numbers, the first one in row 2"
                + " after the header); turn it into numbers, or leave it out with"
                + " features.exclude: [b]");
    FeatureSelection without = new FeatureSelection(null, List.of("b"));
    assertThat(read(file, null, without).features().names()).containsExactly("a");
  }

  @Test
  void shouldNameColumnWithoutAnyValue() throws IOException {
    // Given
    String file = TestFiles.write(folder, "h.csv", "a,b", "1,", "2,NaN");

    // When / Then
    assertThatThrownBy(() -> read(file, null, FeatureSelection.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'b' of "
                + file
                + " has no value in any row; leave it out with features.exclude: [b]");
  }

  private static History read(String pattern, String time, FeatureSelection selection) {
    return Histories.read(
        new CsvSourceConfig(List.of(pattern), time), selection, Plans.ROWS, unused -> {});
  }
}
