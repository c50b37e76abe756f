package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds the files that paths and globs mean. */
final class InputFiles {
  private static final String WILD = "*?[{";

  private InputFiles() {}

  /**
   * Expands globs; each one's files are in the order of their names.
   *
   * @throws InvalidInputException if a path or glob leads to no file, or a file has no content
   */
  static List<Path> expand(List<String> patterns) {
    Set<Path> files = new LinkedHashSet<>();
    for (String pattern : patterns) {
      Path literal = path(pattern);
      boolean isGlob = WILD.chars().anyMatch(c -> pattern.indexOf(c) >= 0);
      List<Path> matches = isGlob && !Files.exists(literal) ? glob(pattern) : List.of(literal);
      if (matches.isEmpty()) {
        throw new InvalidInputException(
            "no file fits " + pattern + "; check the path and the glob");
      }
      matches.forEach(InputFiles::requireContent);
      files.addAll(matches);
    }
    return List.copyOf(files);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidInputException("'" + text + "' is not a path: " + e.getReason(), e);
    }
  }

  private static List<Path> glob(String pattern) {
    int wild = 0;
    while (WILD.indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    int slash = pattern.lastIndexOf('/', wild);
    Path root = Path.of(pattern.substring(0, slash + 1));
    String rest = pattern.substring(slash + 1);
    PathMatcher matcher = matcher(pattern, rest);
    if (!Files.isDirectory(root.toAbsolutePath())) {
      return List.of();
    }
    // No deeper than the glob goes: what lies below may be large, or not for us to read.
    int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/", -1).length;
    try (Stream<Path> tree = Files.walk(root, depth)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> matcher.matches(root.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new OperationFailedException(
          "cannot look through "
              + root.toAbsolutePath()
              + " for "
              + pattern
              + " ("
              + e.getMessage()
              + "); name the files, or a folder that you may read",
          e);
    }
  }

  private static PathMatcher matcher(String pattern, String rest) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + rest);
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          "'" + pattern + "' is neither a file nor a glob: " + e.getDescription(), e);
    }
  }

  private static void requireContent(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Files.isDirectory(file)
              ? file + " is a folder; name its files, for example " + file.resolve("*.csv")
              : "there is no file " + file.toAbsolutePath() + "; check the path");
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      if (content.read() < 0) {
        throw new InvalidInputException("the file " + file + " is empty; it needs rows");
      }
      if (content != raw) {
        // DuckDB takes what is there of a file that was cut off, and says nothing.
        content.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      throw new InvalidInputException(CsvShape.unreadable(file, e), e);
    }
  }
}
