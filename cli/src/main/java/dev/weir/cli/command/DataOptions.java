package dev.weir.cli.command;

import dev.weir.cli.evaluate.EvaluationData;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A file that models are tried on. */
final class DataOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = {
        "A file, rows in the order of time: Parquet (.parquet, .pq), JSON lines (.jsonl, .ndjson,"
            + " .json), or CSV with a header line.",
        "CSV and JSON lines plain or gzipped."
      })
  private String data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column that says which rows are anomalous: 1 or 0.")
  private String label;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = {
        "The column whose value is a row's key, for models that look back at a key's earlier rows;",
        "all rows are of one key without it."
      })
  private String key;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = {
        "The column that says when a row happened, which orders the rows; numbers in it are"
            + " milliseconds.",
        "Rows count as they stand without it, and have no rates."
      })
  private String time;

  String file() {
    return data;
  }

  EvaluationData data() {
    return new EvaluationData(
        data, Optional.ofNullable(label), Optional.ofNullable(key), Optional.ofNullable(time));
  }
}
