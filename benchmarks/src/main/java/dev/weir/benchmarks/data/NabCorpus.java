package dev.weir.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.evaluation.AnomalyRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of the Numenta Anomaly Benchmark, each with its labelled windows. */
public final class NabCorpus {
  private static final String FOLDER = "nab";
  private static final String WINDOWS = "windows.json";
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private NabCorpus() {}

  /**
   * One file.
   *
   * @param name folder and file, as in {@code windows.json}
   * @param rows the value, float32 {@code [n, 1]}
   * @param windows which rows are labelled, in order
   */
  public record Series(String name, Rows rows, List<AnomalyRange> windows) {}

  /**
   * Reads all files that {@code nab/windows.json} names.
   *
   * @throws InvalidInputException if one is not there, or a window begins or ends at no row
   */
  public static List<Series> read(DataFolder folder) {
    Path root = folder.root().resolve(FOLDER);
    Path windows = root.resolve(WINDOWS);
    if (!Files.isRegularFile(windows)) {
      throw new InvalidInputException(
          "there is no file " + windows + "; leave 'nab' out of --sets, or fetch it");
    }
    List<Series> corpus = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json(windows).properties()) {
      corpus.add(series(root, entry.getKey(), entry.getValue()));
    }
    return corpus;
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Series series(Path root, String name, JsonNode windows) {
    Path file =
        Stream.of(name + ".gz", name)
            .map(root::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        root.resolve(WINDOWS) + " names " + name + ", which is not there"));
    LabelledTable table = LabelledTable.read(file);
    List<LocalDateTime> times = table.times();
    List<AnomalyRange> ranges = new ArrayList<>();
    for (JsonNode window : windows) {
      ranges.add(
          new AnomalyRange(
              row(file, times, window.path(0).asText()),
              row(file, times, window.path(1).asText())));
    }
    return new Series(name, table.rows(), ranges);
  }

  private static int row(Path file, List<LocalDateTime> times, String time) {
    int row = times.indexOf(time(file, time));
    if (row < 0) {
      throw new InvalidInputException(
          file + " has no row at " + time + ", where a window begins or ends");
    }
    return row;
  }

  private static LocalDateTime time(Path file, String text) {
    try {
      return LocalDateTime.parse(text, TIME);
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(file + ": '" + text + "' is not a time", e);
    }
  }
}
