package dev.weir.trainer.source;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for fields that the config names and that nobody lists: the values of maps and the items of
 * arrays, which are as many as a record likes.
 */
final class NamedFields {
  private final List<FieldPath> paths;
  private final RecordReader reader;
  private final FieldValues values;
  private final List<KindCounts> counts;

  /**
   * @param listed the fields that are known already
   * @param readers makes a reader of paths
   */
  NamedFields(
      FeatureSelection selection,
      Collection<Column> listed,
      Function<List<FieldPath>, RecordReader> readers) {
    Set<String> known = listed.stream().map(Column::name).collect(Collectors.toSet());
    paths =
        selection.include().stream()
            .filter(name -> Glob.of(name).isName() && !known.contains(name))
            .distinct()
            .flatMap(name -> path(name).stream())
            .toList();
    reader = readers.apply(paths);
    values = new FieldValues(paths.size());
    counts = paths.stream().map(unused -> new KindCounts()).toList();
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
      counts.get(slot).add(values.kind(slot), values.text(slot));
    }
  }

  /** Those that were found, in the order in which they are named. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (int slot = 0; slot < paths.size(); slot++) {
      if (counts.get(slot).isPresent()) {
        columns.add(new Column(paths.get(slot).toString(), counts.get(slot).kind()));
      }
    }
    return columns;
  }
}
