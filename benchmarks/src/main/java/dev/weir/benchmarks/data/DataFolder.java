package dev.weir.benchmarks.data;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of data sets; finds what is in it by its files' names. */
public final class DataFolder {
  private static final String CSV = ".csv.gz";
  private static final String TRAIN = "_train" + CSV;
  private static final String TEST = "_test" + CSV;

  private final Path root;

  /**
   * Opens the folder.
   *
   * @throws InvalidInputException if it is not there
   */
  public DataFolder(Path root) {
    if (!Files.isDirectory(root)) {
      throw new InvalidInputException(
          "there is no folder "
              + root
              + "; --data names the folder that has adbench/, smd/, asd/, telemetry/ and nab/ in it");
    }
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /**
   * The gzipped CSV files of a folder, by name.
   *
   * @throws InvalidInputException if there is none
   */
  public List<Path> tables(String folder) {
    Path path = folder(folder);
    List<Path> files = files(path);
    if (files.isEmpty()) {
      throw new InvalidInputException("there is no *" + CSV + " in " + path);
    }
    return files;
  }

  /**
   * The series of a folder, by name.
   *
   * @throws InvalidInputException if there is none, or one lacks its test file
   */
  public List<TrainTestPair> pairs(String folder) {
    List<TrainTestPair> pairs =
        tables(folder).stream()
            .filter(file -> file.toString().endsWith(TRAIN))
            .map(DataFolder::pair)
            .toList();
    if (pairs.isEmpty()) {
      throw new InvalidInputException("there is no *" + TRAIN + " in " + folder(folder));
    }
    return pairs;
  }

  private static TrainTestPair pair(Path train) {
    String file = train.getFileName().toString();
    String name = file.substring(0, file.length() - TRAIN.length());
    Path test = train.resolveSibling(name + TEST);
    if (!Files.isRegularFile(test)) {
      throw new InvalidInputException(train + " has no " + test.getFileName() + " beside it");
    }
    return new TrainTestPair(name, train, test);
  }

  /** The name of a table's file without its ending. */
  public static String name(Path table) {
    String file = table.getFileName().toString();
    return file.substring(0, file.length() - CSV.length());
  }

  private Path folder(String name) {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "there is no folder " + folder + "; leave '" + name + "' out of --sets, or fetch it");
    }
    return folder;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(CSV)).sorted().toList();
    } catch (IOException e) {
      throw new OperationFailedException("cannot list " + folder + ": " + e, e);
    }
  }
}
