package dev.weir.benchmarks.data;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What other detectors reach on the same data under the same protocols, as published with it in
 * {@code reference/*.csv}. Without these files there are no figures to compare with.
 */
public final class ReferenceFigures {
  private static final String TABULAR = "reference/adbench_one_class.csv";
  private static final String SERIES = "reference/train_test_pairs.csv";
  private static final String WINDOW = "vus_window";

  /** By "series metric detector". */
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private final List<String> tabularDetectors = new ArrayList<>();
  private final List<String> seriesDetectors = new ArrayList<>();
  private final Map<String, Integer> windows = new LinkedHashMap<>();

  private ReferenceFigures() {}

  /** Reads the files that are there. */
  public static ReferenceFigures read(DataFolder folder) {
    ReferenceFigures figures = new ReferenceFigures();
    figures.readTabular(folder.root().resolve(TABULAR));
    figures.readSeries(folder.root().resolve(SERIES));
    return figures;
  }

  /** The detectors that there are figures of for tabular sets, or for series. */
  public List<String> detectors(boolean tabular) {
    return List.copyOf(tabular ? tabularDetectors : seriesDetectors);
  }

  /**
   * A figure, in the unit of the file: percent for tabular sets, a share for series.
   *
   * @param metric {@code auc_pr}, {@code auc_roc} or {@code vus_pr}
   */
  public OptionalDouble figure(String series, String metric, String detector) {
    Double figure = figures.get(key(series, metric, detector));
    return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  /** The window of VUS-PR that was used for a series. */
  public OptionalInt window(String series) {
    Integer window = windows.get(series);
    return window == null ? OptionalInt.empty() : OptionalInt.of(window);
  }

  private void readTabular(Path file) {
    List<List<String>> lines = lines(file);
    if (lines.isEmpty()) {
      return;
    }
    List<String> header = lines.get(0);
    tabularDetectors.addAll(header.subList(2, header.size()));
    for (List<String> line : lines.subList(1, lines.size())) {
      String metric = line.get(1).equals("AUCPR") ? "auc_pr" : "auc_roc";
      for (int i = 2; i < header.size(); i++) {
        figures.put(key(line.get(0), metric, header.get(i)), number(file, line.get(i)));
      }
    }
  }

  private void readSeries(Path file) {
    List<List<String>> lines = lines(file);
    if (lines.isEmpty()) {
      return;
    }
    List<String> header = lines.get(0);
    int windowColumn = header.indexOf(WINDOW);
    for (List<String> line : lines.subList(1, lines.size())) {
      if (windowColumn >= 0) {
        windows.put(line.get(0), (int) number(file, line.get(windowColumn)));
      }
      for (int i = 1; i < header.size(); i++) {
        int split = header.get(i).indexOf('_');
        if (split > 0 && List.of("vus_pr", "auc_pr", "auc_roc").contains(after(header.get(i)))) {
          String detector = header.get(i).substring(0, split);
          if (!seriesDetectors.contains(detector)) {
            seriesDetectors.add(detector);
          }
          figures.put(key(line.get(0), after(header.get(i)), detector), number(file, line.get(i)));
        }
      }
    }
  }

  private static String after(String column) {
    return column.substring(column.indexOf('_') + 1);
  }

  private static String key(String series, String metric, String detector) {
    return series + ' ' + metric + ' ' + detector;
  }

  private static double number(Path file, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(file + ": '" + text + "' is not a number", e);
    }
  }

  private static List<List<String>> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      List<List<String>> lines =
          Files.readAllLines(file).stream()
              .filter(line -> !line.isBlank())
              .map(line -> List.of(line.strip().split(",", -1)))
              .toList();
      for (List<String> line : lines) {
        if (line.size() != lines.get(0).size() || line.size() < 3) {
          throw new InvalidInputException(
              file + ": the line " + line + " has not as many columns as the header");
        }
      }
      return lines;
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + file + ": " + e, e);
    }
  }
}
