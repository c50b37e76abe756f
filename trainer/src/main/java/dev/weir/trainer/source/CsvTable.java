package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.record.FieldValues;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of one or several CSV files with a header line, read through DuckDB.
 *
 * <p>Plain or gzipped, in UTF-8; files may have their columns in different orders. Types are found
 * by looking at every row. Nothing, NA, NaN and null are missing values. Rows stream: no more than
 * DuckDB's own buffers are in memory. Not thread-safe.
 */
public final class CsvTable implements AutoCloseable {
  /** The number of a row, from 1, as the rows stand in the files. */
  static final String ROW = "weir row";

  /** What stands for a missing value, besides nothing at all. */
  private static final String MISSING = "'','NA','N/A','NaN','nan','NULL','null','None'";

  private final Connection connection;
  private final List<Path> files;
  private final char delimiter;
  private final List<Column> columns;

  private CsvTable(Connection connection, List<Path> files, char delimiter) throws SQLException {
    this.connection = connection;
    this.files = files;
    this.delimiter = delimiter;
    this.columns = CsvColumns.of(connection, relation(files));
  }

  /**
   * Opens files and finds their columns.
   *
   * @param patterns paths or globs
   * @throws InvalidInputException if there is no such file, if it is empty or not CSV, or if its
   *     header has blank or equal names
   */
  public static CsvTable open(List<String> patterns) {
    List<Path> files = InputFiles.expand(patterns);
    char delimiter = CsvShape.delimiter(files.get(0));
    files.forEach(file -> CsvHeader.check(file, delimiter));
    Connection connection = null;
    try {
      Properties settings = new Properties();
      settings.setProperty("jdbc_stream_results", "true");
      connection = DriverManager.getConnection("jdbc:duckdb:", settings);
      return new CsvTable(connection, files, delimiter);
    } catch (SQLException e) {
      close(connection);
      throw unreadable(files, delimiter, e);
    }
  }

  private String relation(List<Path> some) {
    return "read_csv(["
        + some.stream().map(CsvTable::fileLiteral).collect(Collectors.joining(","))
        + "], header = true, delim = '"
        + delimiter
        + "', quote = '\"', escape = '\"', comment = '', skip = 0, nullstr = ["
        + MISSING
        + "], sample_size = -1, union_by_name = true, ignore_errors = false)";
  }

  public List<Column> columns() {
    return columns;
  }

  /** What was opened, for messages. */
  public String origin() {
    return files.size() == 1 ? files.get(0).toString() : files.size() + " files";
  }

  /** Whether there is no row after the header. */
  public boolean isEmpty() {
    return rowsOf(files) == 0;
  }

  /** Where a row is: its file, and its number after the header there. */
  public String place(long row) {
    long rest = row;
    for (Path file : files.subList(0, files.size() - 1)) {
      long rows = rowsOf(List.of(file));
      if (rest <= rows) {
        return file + ", row " + rest + " after the header";
      }
      rest -= rows;
    }
    return files.get(files.size() - 1) + ", row " + rest + " after the header";
  }

  private long rowsOf(List<Path> some) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + relation(some))) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw unreadable(files, delimiter, e);
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
                    wanted.stream().map(CsvTable::expression),
                    order.stream()
                        .flatMap(time -> Stream.of(identifier(ROW), identifier(time) + " IS NULL")))
                .collect(Collectors.joining(","))
            + order
                .map(
                    time ->
                        " FROM (%s) ORDER BY %s, %s"
                            .formatted(
                                numbered(relation(files)), identifier(time), identifier(ROW)))
                .orElseGet(() -> " FROM " + relation(files));
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
      throw unreadable(files, delimiter, e);
    }
  }

  /** Whether a column holds moments, not numbers or times of a day. */
  boolean holdsMoments(String name) {
    return requireColumn(name).kind() == Column.Kind.TIMESTAMP;
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

  /** A file's name for DuckDB, which would take its brackets and asterisks for a glob. */
  private static String fileLiteral(Path file) {
    return '\'' + file.toString().replace("'", "''").replaceAll("[\\[*?]", "[$0]") + '\'';
  }

  private static InvalidInputException unreadable(
      List<Path> files, char delimiter, SQLException e) {
    String problem =
        files.stream()
            .flatMap(file -> CsvShape.misfit(file, delimiter).stream())
            .findFirst()
            .orElseGet(
                () ->
                    (files.size() == 1 ? files.get(0) : files.size() + " files")
                        + " cannot be read as CSV with a header line; are the line ends all alike,"
                        + " and the quotes paired? DuckDB says: "
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
