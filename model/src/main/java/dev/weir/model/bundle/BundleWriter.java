package dev.weir.model.bundle;

import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a bundle so that a reader sees all of it or none of it.
 *
 * <p>It is written to a hidden folder beside the target, checked there as a reader would, and
 * renamed into place; a bundle that was there before is moved aside first and deleted last.
 */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes the bundle.
   *
   * @param target its folder; replaced if it is a bundle already
   * @param manifest what to say of the model; its checksum must be that of {@code model}
   * @param model the ONNX file
   * @param report a self-contained HTML page
   * @throws OperationFailedException if the disk does not take it
   * @throws InvalidBundleException if the target is something else than a bundle, or if a reader
   *     would refuse what was written; what was at the target is still there
   */
  public static Bundle write(Path target, Manifest manifest, byte[] model, String report) {
    return write(target, manifest, model, report, Optional.empty());
  }

  /**
   * Writes the bundle, with what a later training begins with.
   *
   * @param weights in a form that the trainer knows
   */
  public static Bundle write(
      Path target, Manifest manifest, byte[] model, String report, Optional<byte[]> weights) {
    Path folder = target.toAbsolutePath().normalize();
    refuseForeignFolder(folder);
    Path parent = folder.getParent();
    Path fresh = null;
    try {
      Files.createDirectories(parent);
      fresh = Files.createTempDirectory(parent, "." + folder.getFileName() + ".new-");
      Files.write(fresh.resolve(Bundle.MODEL), model);
      Files.write(fresh.resolve(Bundle.MANIFEST), ManifestJson.write(manifest));
      Files.writeString(fresh.resolve(Bundle.REPORT), report, StandardCharsets.UTF_8);
      if (weights.isPresent()) {
        Files.write(fresh.resolve(Bundle.WEIGHTS), weights.get());
      }
      makeReadable(fresh);
      Bundle written = Bundle.open(fresh);
      replace(folder, fresh);
      return new Bundle(target, written.manifest());
    } catch (IOException e) {
      throw new OperationFailedException(
          "cannot write the bundle "
              + target
              + " ("
              + e
              + "); is there space, and may you write there?",
          e);
    } finally {
      deleteQuietly(fresh);
    }
  }

  /** Says early whether {@link #write} would refuse the target. */
  public static void refuseForeignFolder(Path target) {
    try {
      if (!Files.exists(target) || isBundle(target)) {
        return;
      }
      try (Stream<Path> content =
          Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
        if (content.findAny().isPresent()) {
          throw new InvalidBundleException(
              target,
              "it exists and is not a bundle, so it is not overwritten; name another --out");
        }
      }
    } catch (IOException e) {
      throw new OperationFailedException("cannot look into " + target + " (" + e + ")", e);
    }
  }

  /**
   * Says early whether {@link #write} could not write at the target.
   *
   * @throws InvalidBundleException if the nearest folder above it that is there takes no new files
   */
  public static void refuseUnwritablePlace(Path target) {
    Path above = target.toAbsolutePath().normalize().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
      throw new InvalidBundleException(
          target,
          "it cannot be written, because "
              + (above == null ? "it has no folder around it" : above + place(above))
              + "; name another --out");
    }
  }

  private static String place(Path above) {
    return Files.isDirectory(above) ? " is a folder that you may not write to" : " is not a folder";
  }

  /** Other programs have a manifest.json, too; together with a model it is ours. */
  private static boolean isBundle(Path folder) {
    return Files.exists(folder.resolve(Bundle.MANIFEST))
        && Files.exists(folder.resolve(Bundle.MODEL));
  }

  private static void replace(Path folder, Path fresh) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(fresh, folder);
      return;
    }
    Path old = fresh.resolveSibling(fresh.getFileName().toString().replace(".new-", ".old-"));
    Files.move(folder, old);
    try {
      Files.move(fresh, folder);
    } catch (IOException e) {
      Files.move(old, folder);
      throw e;
    }
    deleteQuietly(old);
  }

  /** Temporary folders are private to their maker; a bundle is for the scorer's user, too. */
  private static void makeReadable(Path folder) {
    if (!folder.toFile().setReadable(true, false) || !folder.toFile().setExecutable(true, false)) {
      throw new OperationFailedException("cannot make the bundle's folder readable: " + folder);
    }
  }

  private static void deleteQuietly(Path folder) {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException | UncheckedIOException e) {
      // A hidden leftover beside the bundle harms nobody; the bundle itself is in place.
      return;
    }
  }
}
