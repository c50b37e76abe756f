package dev.weir.model.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A trained model on disk: {@code model.onnx}, {@code manifest.json} and a report, in one folder,
 * and maybe weights for a later training.
 *
 * <p>An instance means that the folder was checked when it was opened: the manifest is of a known
 * format, complete, and its checksum fits the model.
 *
 * @param folder where it is
 * @param manifest what it says of itself
 */
public record Bundle(Path folder, Manifest manifest) {
  public static final String MODEL = "model.onnx";
  public static final String MANIFEST = "manifest.json";
  static final String REPORT = "report.html";
  static final String WEIGHTS = "weights.bin";

  public Path modelFile() {
    return folder.resolve(MODEL);
  }

  public Path reportFile() {
    return folder.resolve(REPORT);
  }

  /**
   * What a later training begins with; for the trainer alone, and not in every bundle. Says itself
   * which model it belongs to.
   */
  public Path weightsFile() {
    return folder.resolve(WEIGHTS);
  }

  /**
   * Opens and checks a bundle.
   *
   * @throws InvalidBundleException if it cannot be used; the message says what is wrong and what to
   *     do
   * @throws OperationFailedException if a file of it cannot be read
   */
  public static Bundle open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidBundleException(
          folder,
          "there is no such folder; train a model first (weir train), or name another path");
    }
    Manifest manifest = readManifest(folder);
    byte[] model = read(folder, MODEL);
    String checksum = Sha256.hex(model);
    if (!checksum.equals(manifest.modelSha256())) {
      throw new InvalidBundleException(
          folder,
          "the checksum of "
              + MODEL
              + " does not fit: the manifest says "
              + manifest.modelSha256()
              + ", the file has "
              + checksum
              + "; copy the whole bundle again, or train anew");
    }
    return new Bundle(folder, manifest);
  }

  private static Manifest readManifest(Path folder) {
    byte[] json = read(folder, MANIFEST);
    try {
      int version = ManifestJson.formatVersion(json);
      if (version != Manifest.FORMAT_VERSION) {
        throw new InvalidBundleException(
            folder,
            "its format version is "
                + (version < 0 ? "missing" : version)
                + ", and this Weir reads version "
                + Manifest.FORMAT_VERSION
                + "; use the Weir that wrote it, or train anew");
      }
      return ManifestJson.read(json);
    } catch (IOException e) {
      throw new InvalidBundleException(
          folder, MANIFEST + " is damaged (" + problem(e) + "); copy it again, or train anew", e);
    }
  }

  private static byte[] read(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidBundleException(
          folder, "it has no " + name + "; is this a bundle's folder?");
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidBundleException(folder, name + " is gone; copy the bundle again", e);
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + file + " (" + e + ")", e);
    }
  }

  private static String problem(IOException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    if (message.startsWith("Cannot map `null`")) {
      message = "it is missing";
    }
    return where(e) + message.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }

  private static String where(IOException e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining(".", "at '", "': "))
        .replace(".[", "[");
  }
}
