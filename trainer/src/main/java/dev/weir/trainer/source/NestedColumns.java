package dev.weir.trainer.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes columns of the fields within structs, called by their paths: {@code payload.cpu.user}. */
final class NestedColumns {
  private final Connection connection;
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private boolean nested;

  private NestedColumns(Connection connection) {
    this.connection = connection;
  }

  /** The relation itself, if it has no struct; else one that has their fields in their places. */
  static String flat(Connection connection, String relation) throws SQLException {
    NestedColumns columns = new NestedColumns(connection);
    for (Map.Entry<String, String> column : columns.types("SELECT * FROM " + relation).entrySet()) {
      String name = column.getKey();
      columns.add(name, FileTable.identifier(name), column.getValue());
    }
    if (!columns.nested) {
      return relation;
    }
    return columns.expressions.entrySet().stream()
        .map(field -> field.getValue() + " AS " + FileTable.identifier(field.getKey()))
        .collect(Collectors.joining(",", "(SELECT ", " FROM " + relation + ")"));
  }

  private void add(String path, String expression, String type) throws SQLException {
    if (!type.startsWith("STRUCT(") || type.endsWith("]")) {
      expressions.putIfAbsent(path, expression);
      return;
    }
    nested = true;
    String fields = "SELECT unnest(CAST(NULL AS " + type + "))";
    for (Map.Entry<String, String> field : types(fields).entrySet()) {
      String name = field.getKey();
      add(
          path + "." + name,
          "struct_extract(" + expression + ", '" + name.replace("'", "''") + "')",
          field.getValue());
    }
  }

  /** The types of a query's columns, by their names, in their order. */
  private Map<String, String> types(String query) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE " + query)) {
      while (result.next()) {
        types.put(result.getString(1), result.getString(2));
      }
    }
    return types;
  }
}
