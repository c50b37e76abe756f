package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BundleTest {
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void writeBundle() {
    folder = parent.resolve("model");
    BundleWriter.write(folder, SampleBundle.manifest(), SampleBundle.MODEL, SampleBundle.REPORT);
  }

  @Test
  void shouldOpenWhatWasWritten() throws IOException {
    // When
    Bundle bundle = Bundle.open(folder);

    // Then
    assertThat(bundle).isEqualTo(new Bundle(folder, SampleBundle.manifest()));
    assertThat(bundle.modelFile()).hasBinaryContent(SampleBundle.MODEL);
    assertThat(bundle.reportFile()).hasContent(SampleBundle.REPORT);
  }

  @Test
  void shouldSayThatThereIsNoFolder() throws IOException {
    Path absent = parent.resolve("absent");
    Path file = Files.createFile(parent.resolve("file"));
    assertRefused(
        absent, "there is no such folder; train a model first (weir train), or name another path");
    assertRefused(
        file, "there is no such folder; train a model first (weir train), or name another path");
  }

  @Test
  void shouldSayWhichFileIsMissing() throws IOException {
    // When
    Files.delete(folder.resolve("model.onnx"));

    // Then
    assertRefused(folder, "it has no model.onnx; is this a bundle's folder?");

    // When
    Files.delete(folder.resolve("manifest.json"));

    // Then
    assertRefused(folder, "it has no manifest.json; is this a bundle's folder?");
  }

  @Test
  void shouldOpenBundleWithoutReport() throws IOException {
    // Given
    Files.delete(folder.resolve("report.html"));

    // Then
    assertThat(Bundle.open(folder).manifest()).isEqualTo(SampleBundle.manifest());
  }

  @Test
  void shouldRefuseModelThatIsNotTheOneOfManifest() throws IOException {
    // Given
    byte[] damaged = SampleBundle.MODEL.clone();
    damaged[3] ^= 1;
    Files.write(folder.resolve("model.onnx"), damaged);

    // Then
    assertRefused(
        folder,
        "the checksum of model.onnx does not fit: the manifest says "
            + Sha256.hex(SampleBundle.MODEL)
            + ", the file has "
            + Sha256.hex(damaged)
            + "; copy the whole bundle again, or train anew");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "0, 0", "-1, missing", "\"new\", missing"})
  void shouldRefuseFormatThatItDoesNotKnow(String version, String said) throws IOException {
    // Given
    replaceInManifest("\"formatVersion\" : 1", "\"formatVersion\" : " + version);

    // Then
    assertRefused(
        folder,
        "its format version is "
            + said
            + ", and this Weir reads version 1; use the Weir that wrote it, or train anew");
  }

  @Test
  void shouldTakeManifestWithoutWindowForOneOfSingleRecords() throws IOException {
    // Given
    replaceInManifest("\"window\" : 1,", "");

    // Then
    assertThat(Bundle.open(folder).manifest()).isEqualTo(SampleBundle.manifest());
    assertThat(SampleBundle.manifest().window()).isEqualTo(1);
  }

  @Test
  void shouldPassOverWhatLaterTrainersSayOfTheirTraining() throws IOException {
    // Given
    replaceInManifest(
        "\"formatVersion\" : 1,",
        "\"formatVersion\" : 1, \"training\" : {\"origin\" : \"a file\", \"rows\" : 9,"
            + " \"leftOut\" : 0, \"trimmed\" : 0, \"mood\" : [1, 2], \"loss\" : {\"atMost\" : 3, \"joy\" : 1}},");

    // Then
    assertThat(Bundle.open(folder).manifest().training().origin()).isEqualTo("a file");
  }

  @Test
  void shouldLookAtFormatBeforeAnythingElse() throws IOException {
    // Given a manifest of some later layout
    Files.writeString(folder.resolve("manifest.json"), "{\"formatVersion\": 7, \"parts\": []}");

    // Then
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> Bundle.open(folder))
        .withMessageContaining("its format version is 7, and this Weir reads version 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          "name" : "web-servers",     ~ ``                      ~ 'name' is missing
          "formatVersion" : 1,        ~ "formatVersion" : 1, "extra" : 2, ~ at 'extra': Unrecognized field
          "shape" : -0.1,             ~ ``                      ~ at 'calibration.tail.shape': it is missing
          "shape" : -0.1              ~ "shape" : null          ~ at 'calibration.tail.shape': it is missing
          "scale" : 0.3333333333333333 ~ "scale" : -1           ~ at 'calibration.tail': scale must be positive and shape finite, but are -1.0 and -0.1
          [ 0.0, 0.1,                 ~ [ 0.2, 0.1,             ~ at 'calibration': quantiles must ascend, but do not at index 1
          "sampleSize"                ~ "sampleSizes"           ~ at 'calibration.sampleSize': it is missing
          "score" : 1.7               ~ "score" : "Infinity"    ~ at 'threshold': the threshold's score must be finite, but is Infinity
          "falseAlarmRate" : 0.001    ~ "falseAlarmRate" : 1    ~ at 'threshold': falseAlarmRate must be above 0 and below 1, for example 1e-4, but is 1.0
          "falseAlarmRate" : 0.001    ~ "falseAlarmRate" : 1e-13 ~ at 'threshold': falseAlarmRate must be at least 1.0E-12
          "window" : 1                ~ "window" : 0            ~ 'window' must be at least 1, but is 0
          "falseAlarmRate" : 0.001    ~ "falseAlarmRate" : "x"  ~ at 'threshold.falseAlarmRate': Cannot deserialize
          "path" : "cpu.user"         ~ "path" : "cpu..user"    ~ at 'features[1].path': field path 'cpu..user' has an empty name
          "path" : "cpu.user",        ~ ``                      ~ at 'features[1]': feature 'cpu.user' has no path
          "name" : "cpu.user"         ~ "name" : "load"         ~ at 'features': two features are called 'load'
          "numeric"                   ~ "text"                  ~ at 'features[0].type': Cannot deserialize
          2026-10-01T12:34:56.789Z    ~ yesterday               ~ at 'provenance.createdAt': Cannot deserialize
          """)
  void shouldSayWhatIsWrongInManifest(String written, String instead, String problem)
      throws IOException {
    // Given
    replaceInManifest(written, instead);

    // Then
    assertDamaged(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``                   ~ it is empty
          []                   ~ it is not a JSON object
          null                 ~ it is not a JSON object
          {"formatVersion": 1, ~ Unexpected end-of-input
          not JSON             ~ Unrecognized token 'not'
          {"formatVersion": 1} ~ 'name' is missing
          """)
  void shouldSayThatManifestIsDamaged(String manifest, String problem) throws IOException {
    // Given
    Files.writeString(folder.resolve("manifest.json"), manifest);

    // Then
    assertDamaged(problem);
  }

  @Test
  void shouldRefuseManifestWithSomethingAfterIt() throws IOException {
    // Given
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest) + "}");

    // Then
    assertDamaged("Unexpected close marker '}'");
  }

  @Test
  void shouldRefuseManifestThatIsCutAnywhere() throws IOException {
    // Given
    Path manifest = folder.resolve("manifest.json");
    byte[] whole = Files.readAllBytes(manifest);

    for (int length = 0; length < whole.length; length++) {
      // When
      Files.write(manifest, Arrays.copyOf(whole, length));

      // Then
      assertDamaged("");
    }
  }

  private void replaceInManifest(String written, String instead) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    String json = Files.readString(manifest);
    assertThat(json).contains(written);
    Files.writeString(
        manifest, Pattern.compile(written, Pattern.LITERAL).matcher(json).replaceFirst(instead));
  }

  private void assertDamaged(String problem) {
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> Bundle.open(folder))
        .withMessageStartingWith("bundle " + folder + ": manifest.json is damaged (" + problem)
        .withMessageEndingWith("); copy it again, or train anew");
  }

  private static void assertRefused(Path bundle, String problem) {
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> Bundle.open(bundle))
        .withMessage("bundle " + bundle + ": " + problem);
  }
}
