package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.record.FieldKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTableTest {
  @TempDir private Path folder;

  @Test
  void shouldTellKindsOfColumnsApart() throws IOException {
    // Given
    String file =
        TestFiles.write(
            folder,
            "kinds.csv",
            "whole,real,infinite,gappy,mixed,text,truth,when,nothing",
            "1,1.5,3,1,1,a,true,2026-01-01T00:00:00Z,",
            "2,2e3,inf,NA,2,7,false,2026-01-01T00:00:01Z,",
            "3,-4,-Infinity,nan,x,c,true,2026-01-01T00:00:02Z,NULL");

    // When
    try (FileTable table = FileTable.openCsv(List.of(file))) {
      // Then
      assertThat(table.columns())
          .extracting(Column::name, Column::kind)
          .containsExactly(
              row("whole", Column.Kind.NUMERIC),
              row("real", Column.Kind.NUMERIC),
              row("infinite", Column.Kind.NUMERIC),
              row("gappy", Column.Kind.NUMERIC),
              row("mixed", Column.Kind.MIXED),
              row("text", Column.Kind.TEXT),
              row("truth", Column.Kind.BOOLEAN),
              row("when", Column.Kind.TIMESTAMP),
              row("nothing", Column.Kind.EMPTY));
      assertThat(table.columns().get(4).remark())
          .isEqualTo("1 of its 3 values are not numbers, the first one in row 3 after the header");
    }
  }

  @Test
  void shouldReadValuesInOrderAskedFor() throws IOException {
    // Given
    String file = TestFiles.write(folder, "t.csv", "a,b,c", "1,x,3", "2,,6", "3,z,");

    // When / Then
    assertThat(read(file, List.of("c", "a"), Optional.empty()))
        .containsExactly("1: 3.0 1.0", "2: 6.0 2.0", "3: NULL 3.0");
    assertThat(read(file, List.of("b"), Optional.empty()))
        .containsExactly("1: TEXT", "2: NULL", "3: TEXT");
  }

  @Test
  void shouldReadNonFiniteNumbersAsNumbers() throws IOException {
    // Given
    String file = TestFiles.write(folder, "t.csv", "a,b", "1,inf", "2,-Infinity", "3,1e400");

    // When / Then
    assertThat(read(file, List.of("b"), Optional.empty()))
        .containsExactly("1: Infinity", "2: -Infinity", "3: Infinity");
  }

  @Test
  void shouldReadGzippedFilesOneAfterTheOther() throws IOException {
    // Given
    TestFiles.write(folder, "1.csv.gz", "a,b", "1,10", "2,20");
    TestFiles.write(folder, "2.csv.gz", "b,a", "30,3");
    TestFiles.write(folder, "3.csv", "a,b");

    // When / Then
    assertThat(read(folder + "/*.csv*", List.of("a", "b"), Optional.empty()))
        .containsExactly("1: 1.0 10.0", "2: 2.0 20.0", "3: 3.0 30.0");
  }

  @Test
  void shouldOrderByNumberAndByTime() throws IOException {
    // Given
    String numbers = TestFiles.write(folder, "n.csv", "t,a", "10,1", "9,2", "100,3");
    String times =
        TestFiles.write(
            folder,
            "t.csv",
            "t,a",
            "2026-03-01T10:00:00Z,1",
            "2026-03-01T02:00:00Z,2",
            "2025-12-31T23:59:59.5Z,3");

    // When / Then
    assertThat(read(numbers, List.of("a"), Optional.of("t")))
        .containsExactly("2: 2.0", "1: 1.0", "3: 3.0");
    assertThat(read(times, List.of("a"), Optional.of("t")))
        .containsExactly("3: 3.0", "2: 2.0", "1: 1.0");
  }

  @Test
  void shouldLeaveRowsOfEqualTimeAsTheyStand() throws IOException {
    // Given so many that DuckDB sorts in several threads
    Random random = new Random(7);
    String[] lines = new String[200_001];
    lines[0] = "t,a";
    for (int i = 1; i < lines.length; i++) {
      lines[i] = random.nextInt(7) + "," + i;
    }
    String file = TestFiles.write(folder, "ties.csv", lines);

    // When
    List<Long> numbers = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    try (FileTable table = FileTable.openCsv(List.of(file))) {
      table.read(
          List.of("t", "a"),
          Optional.of("t"),
          (number, values) -> {
            assertThat(values.number(1)).isEqualTo((double) number);
            times.add(values.number(0));
            numbers.add(number);
          });
    }

    // Then
    assertThat(times).hasSize(200_000).isSorted();
    for (int i = 1; i < numbers.size(); i++) {
      if (times.get(i).equals(times.get(i - 1)) && numbers.get(i) < numbers.get(i - 1)) {
        throw new AssertionError("row " + numbers.get(i) + " came after " + numbers.get(i - 1));
      }
    }
  }

  @Test
  void shouldTakeAnyNameOfColumn() throws IOException {
    // Given
    String file =
        TestFiles.write(
            folder,
            "names.csv",
            "größe,温度,😀,\"a,b\",\"say \"\"hi\"\"\",x y,a.b,#n,\"two\nlines\",it's",
            "1,2,3,4,5,6,7,8,9,10");

    // When
    try (FileTable table = FileTable.openCsv(List.of(file))) {
      List<String> names = table.columns().stream().map(Column::name).toList();

      // Then
      assertThat(names)
          .containsExactly(
              "größe", "温度", "😀", "a,b", "say \"hi\"", "x y", "a.b", "#n", "two\nlines", "it's");
      table.read(
          names,
          Optional.of("größe"),
          (number, values) -> {
            for (int i = 0; i < names.size(); i++) {
              assertThat(values.number(i)).isEqualTo(i + 1);
            }
          });
    }
  }

  @Test
  void shouldOpenFileWhoseNameIsStrange() throws IOException {
    // Given
    String file = TestFiles.write(folder, "it's [1] größe?*.csv", "a", "1");

    // When / Then
    assertThat(read(file, List.of("a"), Optional.empty())).containsExactly("1: 1.0");
  }

  @Test
  void shouldTakeSemicolonsAndTabs() throws IOException {
    // Given
    String semicolons = TestFiles.write(folder, "s.csv", "a;b", "1;2");
    String tabs = TestFiles.write(folder, "t.csv", "a\tb", "1\t2");

    // When / Then
    for (String file : List.of(semicolons, tabs)) {
      assertThat(read(file, List.of("b", "a"), Optional.empty())).containsExactly("1: 2.0 1.0");
    }
  }

  @Test
  void shouldNameColumnThatIsNotThere() throws IOException {
    // Given
    String file = TestFiles.write(folder, "t.csv", "a,b", "1,2");

    // When / Then
    assertThatThrownBy(() -> read(file, List.of("c"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + " has no column 'c'; its columns are: a, b");
    assertThatThrownBy(() -> read(file, List.of("a"), Optional.of("when")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + " has no column 'when'; its columns are: a, b");
  }

  @Test
  void shouldRefuseTimeColumnThatHoldsNoTimes() throws IOException {
    // Given
    String file = TestFiles.write(folder, "t.csv", "a,t,e", "1,01/02/2026 10:00,", "2,yesterday,");

    // When / Then
    assertThatThrownBy(() -> read(file, List.of("a"), Optional.of("t")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "the time column 't' of " + file + " holds neither numbers nor times in every row; ")
        .hasMessageContaining("2026-10-01T00:00:00Z");
    assertThatThrownBy(() -> read(file, List.of("a"), Optional.of("e")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("the time column 'e' of " + file + " has no value in any row");
  }

  @Test
  void shouldNameRowWithoutTime() throws IOException {
    // Given
    TestFiles.write(folder, "1.csv", "a,t", "1,3", "2,1");
    TestFiles.write(folder, "2.csv", "a,t", "3,2", "4,");

    // When / Then
    assertThatThrownBy(() -> read(folder + "/*.csv", List.of("a"), Optional.of("t")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            folder.resolve("2.csv")
                + ", row 2 after the header: the time column 't' has no value; mend or delete the"
                + " row");
  }

  @Test
  void shouldNameLineThatDoesNotFitHeader() throws IOException {
    // Given
    String[] lines = new String[5001];
    Arrays.fill(lines, "1,2");
    lines[0] = "a,b";
    lines[4000] = "1,2,3";
    TestFiles.write(folder, "1.csv", "a,b", "1,2");
    String file = TestFiles.write(folder, "2.csv", lines);

    // When / Then
    assertThatThrownBy(() -> read(folder + "/*.csv", List.of("a"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the file " + file + " has 3 values in line 4001, but 2 in its header; mend the line");
  }

  @Test
  void shouldNotTakeRowForHeader() throws IOException {
    // Given rows that all have more values than the header
    String file = TestFiles.write(folder, "t.csv", "a,b", "1,2,3", "4,5,6", "7,8,9");

    // When / Then
    assertThatThrownBy(() -> FileTable.openCsv(List.of(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 3 values in line 2, but 2 in its header");
  }

  @Test
  void shouldNameFileThatIsCutOffOrNotText() throws IOException {
    // Given
    String[] lines = new String[20_000];
    Random random = new Random(3);
    Arrays.setAll(lines, i -> i == 0 ? "a,b" : random.nextInt() + "," + random.nextInt());
    Path cut = Path.of(TestFiles.write(folder, "cut.csv.gz", lines));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Path latin =
        Files.write(
            folder.resolve("latin.csv"), "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));

    // When / Then
    assertThatThrownBy(() -> read(cut.toString(), List.of("a"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(cut + " ends in the middle of its compressed data");
    assertThatThrownBy(() -> read(latin.toString(), List.of("größe"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(latin + " is not text in UTF-8");
  }

  @Test
  void shouldKnowWhetherThereAreRows() throws IOException {
    // Given
    String none = TestFiles.write(folder, "none.csv", "a,b");
    String some = TestFiles.write(folder, "some.csv", "a,b", "1,2");

    // When / Then
    try (FileTable table = FileTable.openCsv(List.of(none))) {
      assertThat(table.isEmpty()).isTrue();
    }
    try (FileTable table = FileTable.openCsv(List.of(none, some))) {
      assertThat(table.isEmpty()).isFalse();
      assertThat(table.origin()).isEqualTo("2 files");
    }
  }

  private static List<String> read(String pattern, List<String> names, Optional<String> order) {
    List<String> rows = new ArrayList<>();
    try (FileTable table = FileTable.openCsv(List.of(pattern))) {
      table.read(
          names,
          order,
          (number, values) -> {
            StringBuilder row = new StringBuilder(number + ":");
            for (int slot = 0; slot < names.size(); slot++) {
              FieldKind kind = values.kind(slot);
              row.append(' ').append(kind == FieldKind.NUMBER ? values.number(slot) : kind);
            }
            rows.add(row.toString());
          });
    }
    return rows;
  }

  private static org.assertj.core.groups.Tuple row(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
