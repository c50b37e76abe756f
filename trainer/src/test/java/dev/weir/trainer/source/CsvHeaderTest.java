package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvHeaderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "\uFEFFa,b", "\n\r\na,b", "\"a,b\",\"a\"\"b\",ab", "a\r\n1,1"})
  void shouldTakeNamesThatStayAsTheyAre(String header) throws IOException {
    // Given
    Path file = file(header);

    // When / Then
    assertThatCode(() -> CsvHeader.check(file, ',')).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a,b,a     ~ more than one column (upper and lower case count as equal) called 'a'
          a,b,A     ~ more than one column (upper and lower case count as equal) called 'A'
          a,"b","b" ~ more than one column (upper and lower case count as equal) called 'b'
          a,,c,""   ~ no name for column 2, 4 of 4
          a,b,      ~ no name for column 3 of 3
          a, b,"c " ~ blanks around the names ' b', 'c '
          """)
  void shouldRefuseNamesThatWouldChange(String header, String what) throws IOException {
    // Given
    Path file = file(header);

    // When / Then
    assertThatThrownBy(() -> CsvHeader.check(file, ','))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the file " + file + " has in its header " + what + "; mend the header line");
  }

  @Test
  void shouldBeCheckedInEachFile() throws IOException {
    // Given
    String good = TestFiles.write(folder, "1.csv", "a,b", "1,2");
    String bad = TestFiles.write(folder, "2.csv.gz", "a,B,b", "1,2,3");

    // When / Then
    assertThatThrownBy(() -> FileTable.openCsv(List.of(good, bad)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(bad)
        .hasMessageContaining("called 'b'");
  }

  private Path file(String header) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), header + "\n1,2,3\n");
  }
}
