package dev.weir.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.trainer.source.Column;
import dev.weir.trainer.source.FileTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A file replayed, of whatever format {@code weir train} takes: its first {@value #HISTORY_PERCENT}
 * % are the history, the rest the stream.
 *
 * <p>All of its numeric columns are features but for {@value #LABEL}; an unbroken run of rows whose
 * label is 1 is a fault. The rows are one entity, called like the file.
 */
final class FileData implements DemoData {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "label";
  private static final int HISTORY_PERCENT = 40;
  private static final int FEWEST_ROWS = 1000;

  private final String entity;
  private final List<String> features;
  private final List<DemoRecord> records;
  private final List<InjectedFault> faults = new ArrayList<>();
  private final int historySize;

  FileData(Path file) {
    entity =
        file.getFileName()
            .toString()
            .replaceAll("(?i)\\.(csv|jsonl|ndjson|json|parquet|pq)(\\.gz)?$", "");
    try (FileTable table = FileTable.openNamed(List.of(file.toString()))) {
      features =
          table.columns().stream()
              .filter(column -> column.kind() == Column.Kind.NUMERIC)
              .map(Column::name)
              .filter(name -> !name.equals(LABEL))
              .toList();
      if (features.isEmpty()) {
        throw new InvalidInputException(file + " has no numeric column besides '" + LABEL + "'");
      }
      boolean labelled = table.columns().stream().anyMatch(c -> c.name().equals(LABEL));
      List<byte[]> rows = new ArrayList<>();
      List<Boolean> labels = new ArrayList<>();
      read(table, labelled, rows, labels);
      if (rows.size() < FEWEST_ROWS) {
        throw new InvalidInputException(
            file + " has " + rows.size() + " rows; the demo needs " + FEWEST_ROWS + " or more");
      }
      historySize = rows.size() * HISTORY_PERCENT / 100;
      records = records(rows, labels);
    }
  }

  private void read(FileTable table, boolean labelled, List<byte[]> rows, List<Boolean> labels) {
    List<String> columns = new ArrayList<>(features);
    if (labelled) {
      columns.add(LABEL);
    }
    List<FieldPath> paths = features.stream().map(FieldPath::parse).toList();
    table.read(
        columns,
        Optional.empty(),
        (number, values) -> {
          rows.add(json(paths, values));
          labels.add(labelled && values.number(features.size()) > 0);
        });
  }

  /** The row as a record; a column {@code a.b} becomes a field b within a, as a path means it. */
  private static byte[] json(List<FieldPath> paths, FieldValues values) {
    ObjectNode record = JSON.createObjectNode();
    for (int i = 0; i < paths.size(); i++) {
      List<String> names = paths.get(i).names();
      ObjectNode parent = record;
      for (String outer : names.subList(0, names.size() - 1)) {
        parent = parent.withObjectProperty(outer);
      }
      String name = names.get(names.size() - 1);
      if (values.kind(i) == FieldKind.NUMBER && Double.isFinite(values.number(i))) {
        parent.put(name, values.number(i));
      } else {
        parent.putNull(name);
      }
    }
    try {
      return JSON.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private List<DemoRecord> records(List<byte[]> rows, List<Boolean> labels) {
    List<DemoRecord> made = new ArrayList<>(rows.size());
    Optional<InjectedFault> current = Optional.empty();
    for (int i = 0; i < rows.size(); i++) {
      if (i < historySize || !labels.get(i)) {
        current = Optional.empty();
      } else if (current.isEmpty()) {
        InjectedFault fault =
            new InjectedFault(faults.size() + 1, "labelled anomaly from row " + (i + 1), entity);
        faults.add(fault);
        current = Optional.of(fault);
      }
      made.add(new DemoRecord(entity, rows.get(i), current));
    }
    return made;
  }

  @Override
  public String description() {
    return entity
        + ": "
        + records.size()
        + " rows of "
        + features.size()
        + " features, the first "
        + HISTORY_PERCENT
        + " % as history";
  }

  @Override
  public String topic() {
    return "replayed-rows";
  }

  @Override
  public List<String> features() {
    return features;
  }

  @Override
  public double falseAlarmRate() {
    return 1e-3;
  }

  @Override
  public Iterator<DemoRecord> history() {
    return records.subList(0, historySize).iterator();
  }

  @Override
  public Iterator<DemoRecord> stream() {
    return records.subList(historySize, records.size()).iterator();
  }

  @Override
  public long streamSize() {
    return (long) records.size() - historySize;
  }

  @Override
  public List<InjectedFault> faults() {
    return faults;
  }
}
