package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvShapeTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "a,b -> ,",
        "a;b;c -> ;",
        "a|b -> |",
        "\"a,b,c\";d -> ;",
        "alone -> ,",
      })
  void shouldTakeDelimiterFromHeader(String header, char delimiter) throws IOException {
    // Given
    Path file = file(header + "\n1,2,3\n");

    // When / Then
    assertThat(CsvShape.delimiter(file)).isEqualTo(delimiter);
  }

  @Test
  void shouldReadOnWhereHeaderHasLineEndInQuotes() throws IOException {
    // When / Then
    assertThat(CsvShape.delimiter(file("\"a\nb,c,d\";e\n1,2,3;4\n"))).isEqualTo(';');
  }

  @Test
  void shouldKnowTabs() throws IOException {
    // When / Then
    assertThat(CsvShape.delimiter(file("a\tb\n1\t2\n"))).isEqualTo('\t');
  }

  @Test
  void shouldFindNothingWrongWithGoodFile() throws IOException {
    // Given
    Path file = file("\uFEFFa,\"b\nc\"\r\n1,\"x,\"\"y\"\r\n\r\n3,4");

    // When / Then
    assertThat(CsvShape.misfit(file, ',')).isEmpty();
  }

  @Test
  void shouldNameLineWithAnotherNumberOfValues() throws IOException {
    // Given
    Path longer = file("a,b\n\n\"1\n1\",2\n1,2,3\n");
    Path shorter = folder.resolve("shorter.csv");
    Files.writeString(shorter, "a,b\r\n1,2\r\n5");

    // When / Then
    assertThat(CsvShape.misfit(longer, ','))
        .hasValue(
            "the file " + longer + " has 3 values in line 5, but 2 in its header; mend the line");
    assertThat(CsvShape.misfit(shorter, ','))
        .hasValue(
            "the file " + shorter + " has 1 values in line 3, but 2 in its header; mend the line");
  }

  @Test
  void shouldNameQuoteThatIsNotClosed() throws IOException {
    // Given
    Path file = file("a,b\n1,2\n\"3,4\n5,6\n");

    // When / Then
    assertThat(CsvShape.misfit(file, ','))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("not closed").contains("in line 3 or after"));
  }

  @Test
  void shouldNameFileThatIsNotUtf8() throws IOException {
    // Given
    Path file = Files.write(folder.resolve("l.csv"), "gr\u00f6\u00dfe\n1\n".getBytes(latin1()));

    // When / Then
    assertThat(CsvShape.misfit(file, ','))
        .hasValue("the file " + file + " is not text in UTF-8; convert it, for example with iconv");
  }

  @Test
  void shouldNameCompressedFileThatIsCutOff() throws IOException {
    // Given
    Path file = Path.of(TestFiles.write(folder, "cut.csv.gz", "a,b", "1,2", "3,4"));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));

    // When / Then
    assertThat(CsvShape.misfit(file, ','))
        .hasValue("the file " + file + " ends in the middle of its compressed data; copy it again");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), text);
  }

  private static java.nio.charset.Charset latin1() {
    return StandardCharsets.ISO_8859_1;
  }
}
