package dev.weir.trainer.source;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.FeatureSelection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for fields that the config names and that are no features otherwise: the values of maps and
 * the items of arrays, which are as many as a record likes and so not listed, and moments, which
 * only ever rise if they say when the record was made.
 */
final class NamedFields {
  private final List<FieldPath> paths;
  private final RecordReader reader;
  private final FieldValues values;
  private final int[] numbers;
  private final int[] others;
  private final boolean[] nulls;

  /**
   * @param listed the fields that are known already
   * @param readers makes a reader of paths
   */
  NamedFields(
      FeatureSelection selection,
      Collection<Column> listed,
      Function<List<FieldPath>, RecordReader> readers) {
    Set<String> known =
        listed.stream()
            .filter(column -> column.kind() != Column.Kind.TIME)
            .map(Column::name)
            .collect(Collectors.toSet());
    paths =
        selection.include().stream()
            .filter(name -> !name.contains("*") && !name.contains("?") && !known.contains(name))
            .distinct()
            .flatMap(name -> path(name).stream())
            .toList();
    reader = readers.apply(paths);
    values = new FieldValues(paths.size());
    numbers = new int[paths.size()];
    others = new int[paths.size()];
    nulls = new boolean[paths.size()];
  }

  /** What is no path leads nowhere; the selection will say so. */
  private static List<FieldPath> path(String name) {
    try {
      return List.of(FieldPath.parse(name));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  void observe(byte[] value, byte[] schemaId) throws RejectedRecordException {
    reader.read(value, schemaId, values);
    for (int slot = 0; slot < paths.size(); slot++) {
      FieldKind kind = values.kind(slot);
      if (kind == FieldKind.NUMBER) {
        numbers[slot]++;
      } else if (kind == FieldKind.NULL) {
        nulls[slot] = true;
      } else if (kind != FieldKind.ABSENT) {
        others[slot]++;
      }
    }
  }

  /** Those that were found, in the order in which they are named. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (int slot = 0; slot < paths.size(); slot++) {
      String name = paths.get(slot).toString();
      if (numbers[slot] + others[slot] > 0) {
        boolean numeric = numbers[slot] > others[slot];
        columns.add(new Column(name, numeric ? Column.Kind.NUMERIC : Column.Kind.OTHER));
      } else if (nulls[slot]) {
        columns.add(new Column(name, Column.Kind.EMPTY));
      }
    }
    return columns;
  }
}
