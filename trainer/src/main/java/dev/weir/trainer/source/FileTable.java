package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.record.FieldValues;
import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.config.JsonLinesSourceConfig;
import dev.weir.trainer.config.ParquetSourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of one or several files: CSV with a header line, JSON lines, or Parquet, read through
 * DuckDB.
 *
 * <p>CSV and JSON lines plain or gzipped, in UTF-8; files may have their columns in different
 * orders. Types are found by looking at every row, but for Parquet, which has them. In CSV,
 * nothing, NA, NaN and null are missing values. Fields within objects are columns, called by their
 * paths. Rows stream: no more than DuckDB's own buffers are in memory, and what it has to sort
 * beyond that is in files in the folder for temporary ones. DuckDB keeps to its own limit, 80 % of
 * the machine's memory, whatever the heap is. Not thread-safe.
 */
public final class FileTable implements AutoCloseable {
  /** The number of a row, from 1, as the rows stand in the files. */
  static final String ROW = "weir row";

  /** Numbers in a time column are moments if they are so large. */
  private static final long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private final Connection connection;
  private final List<Path> files;
  private final FileFormat format;
  private final String relation;
  private final List<Column> columns;

  private FileTable(Connection connection, List<Path> files, FileFormat format)
      throws SQLException {
    this.connection = connection;
    this.files = files;
    this.format = format;
    relation = NestedColumns.flat(connection, format.relation(files));
    columns = FileColumns.of(connection, relation, format.isAllText());
  }

  /**
   * Opens the files of a history.
   *
   * @throws InvalidInputException if there is no such file, or if it is not of its format
   */
  static FileTable open(FileSourceConfig config) {
    if (config instanceof JsonLinesSourceConfig) {
      return open(InputFiles.expand(config.files()), FileFormat.JSON_LINES);
    }
    if (config instanceof ParquetSourceConfig) {
      return open(InputFiles.expand(config.files()), FileFormat.PARQUET);
    }
    return csv(InputFiles.expand(config.files()));
  }

  /**
   * Opens CSV files and finds their columns.
   *
   * @param patterns paths or globs
   * @throws InvalidInputException if there is no such file, if it is empty or not CSV, or if its
   *     header has blank or equal names
   */
  public static FileTable openCsv(List<String> patterns) {
    return csv(InputFiles.expand(patterns));
  }

  private static FileTable csv(List<Path> files) {
    char delimiter = CsvShape.delimiter(files.get(0));
    files.forEach(file -> CsvHeader.check(file, delimiter));
    return open(files, FileFormat.csv(delimiter));
  }

  /**
   * Opens files of whatever format, which their names tell: {@code .parquet} or {@code .pq}, {@code
   * .jsonl}, {@code .ndjson} or {@code .json}, plain or with {@code .gz}, and CSV otherwise.
   *
   * @param patterns paths or globs
   * @throws InvalidInputException if there is no such file, if they are of several formats, or if
   *     one is not of its own
   */
  public static FileTable openNamed(List<String> patterns) {
    List<Path> files = InputFiles.expand(patterns);
    List<Optional<FileFormat>> formats = files.stream().map(FileFormat::ofName).distinct().toList();
    if (formats.size() > 1) {
      throw new InvalidInputException(
          String.join(", ", patterns)
              + " are files of several formats by their names; give those of one format");
    }
    return formats.get(0).map(format -> open(files, format)).orElseGet(() -> csv(files));
  }

  private static FileTable open(List<Path> files, FileFormat format) {
    return open(
        files,
        format,
        Map.of(
            "threads",
            Integer.toString(threads()),
            // Where it sorts what does not fit into memory; it would take the working directory.
            "temp_directory",
            Path.of(System.getProperty("java.io.tmpdir"), "weir-duckdb-" + UUID.randomUUID())
                .toString()));
  }

  /**
   * With one thread alone, DuckDB's reader of CSV fills the memory with what it reads ahead, and
   * leaves none for sorting.
   */
  static int threads() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens files.
   *
   * @param limits settings of DuckDB's that say what it may use
   */
  static FileTable open(List<Path> files, FileFormat format, Map<String, String> limits) {
    Connection connection = null;
    try {
      Properties settings = new Properties();
      settings.setProperty("jdbc_stream_results", "true");
      limits.forEach(settings::setProperty);
      connection = DriverManager.getConnection("jdbc:duckdb:", settings);
      return new FileTable(connection, files, format);
    } catch (SQLException e) {
      close(connection);
      throw unreadable(files, format, e);
    }
  }

  public List<Column> columns() {
    return columns;
  }

  /** Whether there is a column of this name. */
  boolean has(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  /** What was opened, for messages. */
  public String origin() {
    return files.size() == 1 ? files.get(0).toString() : files.size() + " files";
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rowsOf(files) == 0;
  }

  /** Where a row is: its file, and its number after the header there. */
  public String place(long row) {
    long rest = row;
    for (Path file : files.subList(0, files.size() - 1)) {
      long rows = rowsOf(List.of(file));
      if (rest <= rows) {
        return file + ", " + format.place(rest);
      }
      rest -= rows;
    }
    return files.get(files.size() - 1) + ", " + format.place(rest);
  }

  private long rowsOf(List<Path> some) {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT count(*) FROM " + format.relation(some))) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw unreadable(files, format, e);
    }
  }

  /**
   * Reads all rows. Moments are milliseconds since 1970-01-01T00:00Z, with fractions; times of a
   * day, milliseconds since midnight.
   *
   * @param names the columns wanted; slot {@code i} of the values is column {@code i}
   * @param order the column to order by, equal values as they stand in the files; all rows as they
   *     stand there, if empty
   * @throws InvalidInputException if a column is not there or a row cannot be read
   */
  public void read(List<String> names, Optional<String> order, RowHandler handler) {
    List<Column> wanted = names.stream().map(this::requireColumn).toList();
    order.ifPresent(this::requireOrder);
    String query =
        "SELECT "
            + Stream.concat(
                    wanted.stream().map(FileTable::expression),
                    order.stream()
                        .flatMap(time -> Stream.of(identifier(ROW), identifier(time) + " IS NULL")))
                .collect(Collectors.joining(","))
            + order
                .map(
                    time ->
                        " FROM (%s) ORDER BY %s, %s"
                            .formatted(numbered(relation), identifier(time), identifier(ROW)))
                .orElseGet(() -> " FROM " + relation);
    FieldValues values = new FieldValues(names.size());
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      long rows = 0;
      while (result.next()) {
        rows++;
        values.clear();
        for (int slot = 0; slot < wanted.size(); slot++) {
          read(result, slot, wanted.get(slot).kind(), values);
        }
        long number = order.isEmpty() ? rows : result.getLong(wanted.size() + 1);
        if (order.isPresent() && result.getBoolean(wanted.size() + 2)) {
          throw new InvalidInputException(
              place(number)
                  + ": the time column '"
                  + order.get()
                  + "' has no value; mend or delete the row");
        }
        handler.row(number, values);
      }
    } catch (SQLException e) {
      throw unreadable(files, format, e);
    }
  }

  /**
   * Whether the values of a time column are moments, not numbers that only order the rows.
   *
   * @param oldest the smallest of them, in milliseconds
   */
  boolean areMoments(String name, long oldest) {
    return requireColumn(name).kind() == Column.Kind.TIMESTAMP || oldest >= YEAR_2000;
  }

  /** A column as the handler wants it; numbers among which some are infinite are text to DuckDB. */
  private static String expression(Column column) {
    String name = identifier(column.name());
    return switch (column.kind()) {
      case NUMERIC -> "CAST(" + name + " AS DOUBLE)";
      case TIMESTAMP, TIME -> "epoch_us(" + name + ") / 1000.0";
      default -> name;
    };
  }

  /** A relation whose rows have their numbers. */
  static String numbered(String relation) {
    return "SELECT *, row_number() OVER () AS " + identifier(ROW) + " FROM " + relation;
  }

  private static void read(ResultSet result, int slot, Column.Kind kind, FieldValues values)
      throws SQLException {
    if (kind == Column.Kind.BOOLEAN) {
      boolean value = result.getBoolean(slot + 1);
      if (result.wasNull()) {
        values.setNull(slot);
      } else {
        values.setBoolean(slot, value);
      }
    } else if (isNumber(kind)) {
      double number = result.getDouble(slot + 1);
      if (result.wasNull()) {
        values.setNull(slot);
      } else {
        values.setNumber(slot, number);
      }
    } else {
      String text = result.getString(slot + 1);
      if (text == null) {
        values.setNull(slot);
      } else {
        values.setText(slot, text);
      }
    }
  }

  private static boolean isNumber(Column.Kind kind) {
    return kind == Column.Kind.NUMERIC || isTime(kind);
  }

  private static boolean isTime(Column.Kind kind) {
    return kind == Column.Kind.TIMESTAMP || kind == Column.Kind.TIME;
  }

  private Column requireColumn(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    origin()
                        + " has no column '"
                        + name
                        + "'; its columns are: "
                        + columns.stream().map(Column::name).collect(Collectors.joining(", "))));
  }

  private void requireOrder(String name) {
    Column column = requireColumn(name);
    if (!isNumber(column.kind())) {
      throw new InvalidInputException(
          "the time column '"
              + name
              + "' of "
              + origin()
              + (column.kind() == Column.Kind.EMPTY
                  ? " has no value in any row"
                  : " holds neither numbers nor times in every row")
              + "; write times such as 2026-10-01T00:00:00Z, all alike, or leave source.timeColumn"
              + " out if the rows are in order already");
    }
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static InvalidInputException unreadable(
      List<Path> files, FileFormat format, SQLException e) {
    String problem =
        files.stream()
            .flatMap(file -> format.misfit(file).stream())
            .findFirst()
            .orElseGet(
                () ->
                    (files.size() == 1 ? files.get(0) : files.size() + " files")
                        + " cannot be read as "
                        + format.description()
                        + " DuckDB says: "
                        + detail(e));
    return new InvalidInputException(problem, e);
  }

  private static String detail(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.contains("pending query result"))
        .limit(2)
        .collect(Collectors.joining(" "));
  }

  private static void close(Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw new OperationFailedException("closing DuckDB failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface RowHandler {
    /**
     * Takes one row.
     *
     * @param number from 1, as the rows stand in the files, one after the other
     * @param values valid until the method returns
     */
    void row(long number, FieldValues values);
  }
}
