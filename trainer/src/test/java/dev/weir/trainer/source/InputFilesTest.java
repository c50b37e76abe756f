package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFilesTest {
  @TempDir private Path folder;

  @Test
  void shouldTakePathAsItStands() throws IOException {
    // Given
    String file = TestFiles.write(folder, "a.csv", "a");

    // When
    List<Path> files = InputFiles.expand(List.of(file));

    // Then
    assertThat(files).containsExactly(Path.of(file));
  }

  @Test
  void shouldExpandGlobInOrderOfNames() throws IOException {
    // Given
    String second = TestFiles.write(folder, "day-2.csv", "a");
    String first = TestFiles.write(folder, "day-1.csv.gz", "a");
    TestFiles.write(folder, "other.csv", "a");

    // When
    List<Path> files = InputFiles.expand(List.of(folder + "/day-*.csv*"));

    // Then
    assertThat(files).containsExactly(Path.of(first), Path.of(second));
  }

  @Test
  void shouldGoIntoFoldersAsDeepAsGlobDoes() throws IOException {
    // Given
    TestFiles.write(folder, "top.csv", "a");
    String one = TestFiles.write(folder, "x/one.csv", "a");
    String two = TestFiles.write(folder, "x/y/two.csv", "a");

    // When
    List<Path> oneDeep = InputFiles.expand(List.of(folder + "/*/*.csv"));
    List<Path> anyDeep = InputFiles.expand(List.of(folder + "/x/**.csv"));

    // Then
    assertThat(oneDeep).containsExactly(Path.of(one));
    assertThat(anyDeep).containsExactlyInAnyOrder(Path.of(one), Path.of(two));
  }

  @Test
  void shouldReadFileOnceThatTwoPatternsMean() throws IOException {
    // Given
    String b = TestFiles.write(folder, "b.csv", "a");
    String a = TestFiles.write(folder, "a.csv", "a");

    // When
    List<Path> files = InputFiles.expand(List.of(b, folder + "/*.csv"));

    // Then
    assertThat(files).containsExactly(Path.of(b), Path.of(a));
  }

  @Test
  void shouldTakeFileWhoseNameLooksLikeGlob() throws IOException {
    // Given
    String file = TestFiles.write(folder, "data[1].csv", "a");

    // When
    List<Path> files = InputFiles.expand(List.of(file));

    // Then
    assertThat(files).containsExactly(Path.of(file));
  }

  @Test
  void shouldNameMissingFile() {
    // Given
    Path absent = folder.resolve("absent.csv");

    // When / Then
    assertThatThrownBy(() -> InputFiles.expand(List.of(absent.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("there is no file " + absent + "; check the path");
  }

  @Test
  void shouldNameGlobThatMeansNoFile() {
    // Given
    String inFolder = folder + "/*.csv";
    String nowhere = folder + "/nowhere/*.csv";

    // When / Then
    for (String glob : List.of(inFolder, nowhere)) {
      assertThatThrownBy(() -> InputFiles.expand(List.of(glob)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("no file fits " + glob + "; check the path and the glob");
    }
  }

  @Test
  void shouldRefuseBrokenGlob() {
    // Given
    String glob = folder + "/{a,b.csv";

    // When / Then
    assertThatThrownBy(() -> InputFiles.expand(List.of(glob)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(glob)
        .hasMessageContaining("neither a file nor a glob");
  }

  @Test
  void shouldSayHowToNameFilesOfFolder() {
    // When / Then
    assertThatThrownBy(() -> InputFiles.expand(List.of(folder.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + " is a folder; name its files, for example " + folder + "/*.csv");
  }

  @Test
  void shouldRefuseEmptyFile() throws IOException {
    // Given
    Path plain = Files.createFile(folder.resolve("empty.csv"));
    String gzipped = TestFiles.write(folder, "empty.csv.gz", "");
    Files.write(Path.of(gzipped), emptyGzip());

    // When / Then
    for (String file : List.of(plain.toString(), gzipped)) {
      assertThatThrownBy(() -> InputFiles.expand(List.of(file)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("the file " + file + " is empty; it needs rows");
    }
  }

  @Test
  void shouldRefuseFileThatIsNotGzipped() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("plain.csv.gz"), "a,b\n1,2\n");

    // When / Then
    assertThatThrownBy(() -> InputFiles.expand(List.of(file.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Not in GZIP format")
        .hasMessageEndingWith("is it a CSV file, plain or gzipped?");
  }

  private static byte[] emptyGzip() throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    new java.util.zip.GZIPOutputStream(bytes).close();
    return bytes.toByteArray();
  }
}
