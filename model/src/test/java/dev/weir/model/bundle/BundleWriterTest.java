package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleWriterTest {
  private static final int BUNDLES = 300;

  @TempDir private Path parent;

  @Test
  void shouldWriteFolderWithThreeFilesAndNothingBeside() throws IOException {
    // When
    Bundle bundle = write(parent.resolve("models/web"));

    // Then
    assertThat(bundle).isEqualTo(Bundle.open(parent.resolve("models/web")));
    assertThat(bundle.manifest()).isEqualTo(SampleBundle.manifest());
    assertThat(names(bundle.folder()))
        .containsExactlyInAnyOrder("manifest.json", "model.onnx", "report.html");
    assertThat(names(parent.resolve("models"))).containsExactly("web");
    assertThat(bundle.reportFile()).hasContent(SampleBundle.REPORT);
  }

  @Test
  void shouldWriteSameBytesForSameManifest() throws IOException {
    // Given
    Bundle one = write(parent.resolve("one"));
    Bundle other = write(parent.resolve("other"));

    // Then
    assertThat(one.folder().resolve("manifest.json"))
        .hasSameBinaryContentAs(other.folder().resolve("manifest.json"));
  }

  @Test
  void shouldLetOthersReadBundle() throws IOException {
    // When
    Bundle bundle = write(parent.resolve("model"));

    // Then
    assertThat(Files.getPosixFilePermissions(bundle.folder()))
        .extracting(Enum::name)
        .contains("OTHERS_READ", "OTHERS_EXECUTE");
  }

  @Test
  void shouldReplaceBundleAsWhole() throws IOException {
    // Given
    Path target = parent.resolve("model");
    write(target);
    byte[] newer = {1, 2, 3};

    // When
    BundleWriter.write(target, SampleBundle.manifest("v2", newer), newer, "new");

    // Then
    assertThat(Bundle.open(target).manifest().version()).isEqualTo("v2");
    assertThat(target.resolve("model.onnx")).hasBinaryContent(newer);
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void shouldReplaceDamagedBundle() throws IOException {
    // Given
    Path target = parent.resolve("model");
    write(target);
    Files.writeString(target.resolve("manifest.json"), "damaged");

    // When
    write(target);

    // Then
    assertThat(Bundle.open(target).manifest()).isEqualTo(SampleBundle.manifest());
  }

  @Test
  void shouldSayEarlyWhereNothingCanBeWritten() throws IOException {
    // Given
    Path file = Files.createFile(parent.resolve("file"));
    Path within = file.resolve("models/web");

    // When / Then
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> BundleWriter.refuseUnwritablePlace(within))
        .withMessage(
            "bundle "
                + within
                + ": it cannot be written, because "
                + file
                + " is not a folder; name another --out");
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> BundleWriter.refuseUnwritablePlace(Path.of("/")));
    assertThatCode(() -> BundleWriter.refuseUnwritablePlace(parent.resolve("models/web")))
        .doesNotThrowAnyException();
    assertThat(names(parent)).containsExactly("file");
  }

  @Test
  void shouldFillEmptyFolder() throws IOException {
    // Given
    Path target = Files.createDirectory(parent.resolve("model"));

    // When
    write(target);

    // Then
    assertThat(Bundle.open(target).manifest()).isEqualTo(SampleBundle.manifest());
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void shouldLeaveFolderBehindLinkAsItIs() throws IOException {
    // Given
    Path release = write(parent.resolve("release-7")).folder();
    Path link = Files.createSymbolicLink(parent.resolve("current"), release);
    byte[] newer = {1};

    // When
    BundleWriter.write(link, SampleBundle.manifest("v8", newer), newer, "");

    // Then
    assertThat(Bundle.open(release).manifest().version()).isEqualTo("v1");
    assertThat(Bundle.open(link).manifest().version()).isEqualTo("v8");
    assertThat(names(parent)).containsExactlyInAnyOrder("release-7", "current");
  }

  @Test
  void shouldNotOverwriteForeignFolder() throws IOException {
    // Given
    Path target = Files.createDirectory(parent.resolve("home"));
    Files.writeString(target.resolve("thesis.tex"), "years of work");

    // Then
    assertRefused(target);
    assertThat(target.resolve("thesis.tex")).hasContent("years of work");
  }

  @Test
  void shouldNotTakeAnyManifestForThatOfBundle() throws IOException {
    // Given a browser extension
    Path target = Files.createDirectory(parent.resolve("extension"));
    Files.writeString(target.resolve("manifest.json"), "{\"manifest_version\": 3}");
    Files.writeString(target.resolve("background.js"), "");

    // Then
    assertRefused(target);
    assertThat(names(target)).containsExactlyInAnyOrder("manifest.json", "background.js");
  }

  @Test
  void shouldNotOverwriteFile() throws IOException {
    // Given
    Path target = Files.writeString(parent.resolve("notes.txt"), "mine");

    // Then
    assertRefused(target);
    assertThat(target).hasContent("mine");
  }

  @Test
  void shouldSayEarlyThatTargetIsFine() {
    assertThatCode(() -> BundleWriter.refuseForeignFolder(parent.resolve("absent")))
        .doesNotThrowAnyException();
    assertThatCode(() -> BundleWriter.refuseForeignFolder(write(parent.resolve("b")).folder()))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldKeepOldBundleWhereNewOneIsWrong() throws IOException {
    // Given a manifest that is not of the model
    Path target = parent.resolve("model");
    write(target);
    Manifest wrong = SampleBundle.manifest("v2", new byte[] {9});

    // Then
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> BundleWriter.write(target, wrong, SampleBundle.MODEL, ""))
        .withMessageContaining("the checksum of model.onnx does not fit");
    assertThat(Bundle.open(target).manifest().version()).isEqualTo("v1");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void shouldSayThatDiskDoesNotTakeBundle() throws IOException {
    // Given a file where the folder above should be
    Path file = Files.createFile(parent.resolve("file"));
    Path target = file.resolve("model");

    // Then
    assertThatExceptionOfType(OperationFailedException.class)
        .isThrownBy(() -> write(target))
        .withMessageStartingWith("cannot write the bundle " + target + " (")
        .withMessageEndingWith("); is there space, and may you write there?");
    assertThat(names(parent)).containsExactly("file");
  }

  @Test
  void shouldShowWholeBundleFromFirstMoment() throws Exception {
    // Given a reader that opens each bundle as soon as its folder is there
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService readers = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> opened = readers.submit(() -> openAsTheyCome(ended));

      // When
      for (int i = 0; i < BUNDLES; i++) {
        write(parent.resolve("model-" + i));
      }

      // Then it never met a part of one
      assertThat(opened.get(1, TimeUnit.MINUTES)).isEqualTo(BUNDLES);
    } finally {
      ended.set(true);
      readers.shutdownNow();
    }
  }

  private int openAsTheyCome(AtomicBoolean ended) {
    for (int i = 0; i < BUNDLES; i++) {
      Path target = parent.resolve("model-" + i);
      while (!Files.exists(target)) {
        if (ended.get()) {
          return i;
        }
        Thread.onSpinWait();
      }
      Bundle.open(target);
    }
    return BUNDLES;
  }

  private static void assertRefused(Path target) {
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(() -> write(target))
        .withMessage(
            "bundle "
                + target
                + ": it exists and is not a bundle, so it is not overwritten; name another --out");
  }

  private static Bundle write(Path target) {
    return BundleWriter.write(
        target, SampleBundle.manifest(), SampleBundle.MODEL, SampleBundle.REPORT);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
