package dev.weir.scorer.inference;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Sha256;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of a bundle's graph whose checksum was looked at, where nobody else writes: the
 * bundle's own file may be replaced at any time. Gone once it is closed.
 *
 * @param folder a new one among the temporary files ({@code java.io.tmpdir})
 */
record PrivateCopy(Path folder) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PrivateCopy.class);

  /** The copy's name in its folder. */
  static final String FILE = "model.onnx";

  /** Writes a file, as {@link Files#write(Path, byte[], java.nio.file.OpenOption...)} does. */
  interface Writing {
    void write(Path file, byte[] bytes) throws IOException;
  }

  /**
   * Copies the graph of a bundle.
   *
   * @throws InvalidBundleException if it is not the one of the manifest any more
   * @throws OperationFailedException if it cannot be read, or the copy not be written
   */
  static PrivateCopy of(Bundle bundle, Writing writing) {
    byte[] bytes = read(bundle);
    if (!Sha256.hex(bytes).equals(bundle.manifest().modelSha256())) {
      throw new InvalidBundleException(
          bundle.folder(),
          "model.onnx is not the one that was checked a moment ago: the bundle is being replaced;"
              + " try again");
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    PrivateCopy copy = null;
    try {
      copy = new PrivateCopy(Files.createTempDirectory(temporary, "weir-model-"));
      writing.write(copy.folder.resolve(FILE), bytes);
      return copy;
    } catch (IOException e) {
      if (copy != null) {
        copy.close();
      }
      throw new OperationFailedException(
          "cannot copy model.onnx ("
              + bytes.length
              + " bytes) to the folder for temporary files, "
              + temporary
              + ": "
              + e
              + "; make room there, or name another one by -Djava.io.tmpdir=FOLDER (for bin/weir in"
              + " WEIR_JAVA_OPTS)",
          e);
    }
  }

  private static byte[] read(Bundle bundle) {
    try {
      return Files.readAllBytes(bundle.modelFile());
    } catch (NoSuchFileException e) {
      throw new InvalidBundleException(
          bundle.folder(), "model.onnx is gone; copy the bundle again, or train anew", e);
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + bundle.modelFile() + ": " + e, e);
    }
  }

  /** What cannot be deleted is left behind, with a line in the log. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      log.warn("cannot delete {}, a copy of a model: {}", folder, e.toString());
    }
  }
}
