package dev.weir.trainer.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds out what the columns of a relation in DuckDB hold, by looking at every row.
 *
 * <p>In files where all values are text, DuckDB calls a column text that has no value at all, or an
 * infinite one, or one text among a million numbers. Those are told apart here.
 */
final class FileColumns {
  private FileColumns() {}

  static List<Column> of(Connection connection, String relation, boolean allText)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (result.next()) {
        columns.add(new Column(result.getString(1), kind(result.getString(2))));
        if (result.getString(2).matches("VARCHAR|JSON")) {
          texts.add(result.getString(1));
        }
      }
    }
    if (!texts.isEmpty()) {
      lookInto(texts, columns, connection, relation, allText);
    }
    return List.copyOf(columns);
  }

  private static Column.Kind kind(String type) {
    if (type.matches("(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U.*INT.*|FLOAT|DOUBLE|DECIMAL.*)")) {
      return Column.Kind.NUMERIC;
    }
    if (type.startsWith("TIMESTAMP") || type.equals("DATE")) {
      return Column.Kind.TIMESTAMP;
    }
    return switch (type) {
      case "BOOLEAN" -> Column.Kind.BOOLEAN;
      case "VARCHAR", "UUID" -> Column.Kind.TEXT;
      default -> type.startsWith("TIME") ? Column.Kind.TIME : Column.Kind.OTHER;
    };
  }

  private static void lookInto(
      List<String> texts,
      List<Column> columns,
      Connection connection,
      String relation,
      boolean allText)
      throws SQLException {
    String counts =
        texts.stream()
            .map(FileTable::identifier)
            .map(
                name ->
                    "count(%1$s), count(TRY_CAST(%1$s AS DOUBLE)), min(CASE WHEN %1$s IS NOT NULL AND TRY_CAST(%1$s AS DOUBLE) IS NULL THEN \"%2$s\" END)"
                        .formatted(name, FileTable.ROW))
            .collect(Collectors.joining(","));
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT " + counts + " FROM (" + FileTable.numbered(relation) + ")")) {
      result.next();
      for (int i = 0; i < texts.size(); i++) {
        String name = texts.get(i);
        int place = columns.stream().map(Column::name).toList().indexOf(name);
        Column.Kind kind = columns.get(place).kind();
        if (!allText) {
          boolean empty = result.getLong(3 * i + 1) == 0;
          columns.set(place, new Column(name, empty ? Column.Kind.EMPTY : kind));
          continue;
        }
        columns.set(
            place,
            column(
                name,
                result.getLong(3 * i + 1),
                result.getLong(3 * i + 2),
                result.getLong(3 * i + 3)));
      }
    }
  }

  private static Column column(String name, long values, long numbers, long firstText) {
    if (values == 0) {
      return new Column(name, Column.Kind.EMPTY);
    }
    if (numbers == values) {
      return new Column(name, Column.Kind.NUMERIC);
    }
    return new Column(
        name,
        numbers > values / 2 ? Column.Kind.MIXED : Column.Kind.TEXT,
        String.format(
            Locale.ROOT,
            "%,d of its %,d values are not numbers, the first one in row %,d after the header",
            values - numbers,
            values,
            firstText));
  }
}
