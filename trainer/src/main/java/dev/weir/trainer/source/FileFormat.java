package dev.weir.trainer.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How DuckDB reads files of one format, and how messages speak of them. */
interface FileFormat {

  /** The rows of files, as a relation in DuckDB. */
  String relation(List<Path> files);

  /** What DuckDB could not read the files as. */
  String description();

  /** Where a row is in its file. */
  default String place(long row) {
    return "row " + row;
  }

  /** Whether all values are text in the file, so that text may well be numbers. */
  default boolean isAllText() {
    return false;
  }

  /** Says where a file breaks the format; empty if that is not known. */
  default Optional<String> misfit(Path file) {
    return Optional.empty();
  }

  /** JSON lines. */
  FileFormat JSON_LINES =
      new FileFormat() {
        @Override
        public String relation(List<Path> files) {
          return "read_json("
              + literals(files)
              + ", format = 'newline_delimited', sample_size = -1, maximum_depth = -1,"
              + " map_inference_threshold = -1, union_by_name = true, ignore_errors = false)";
        }

        @Override
        public String description() {
          return "JSON lines, one object a line.";
        }
      };

  /** Parquet. */
  FileFormat PARQUET =
      new FileFormat() {
        @Override
        public String relation(List<Path> files) {
          return "read_parquet(" + literals(files) + ", union_by_name = true)";
        }

        @Override
        public String description() {
          return "Parquet; are the files whole?";
        }
      };

  /** What a file's name says of its format; empty for CSV, whose shape lies within. */
  static Optional<FileFormat> ofName(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(parquet|pq)")) {
      return Optional.of(PARQUET);
    }
    return name.matches(".*\\.(jsonl|ndjson|json)(\\.gz)?")
        ? Optional.of(JSON_LINES)
        : Optional.empty();
  }

  /** CSV. */
  static FileFormat csv(char delimiter) {
    return new CsvFormat(delimiter);
  }

  /** Files' names for DuckDB. */
  static String literals(List<Path> files) {
    return files.stream().map(FileFormat::literal).collect(Collectors.joining(",", "[", "]"));
  }

  /** A file's name for DuckDB, which would take its brackets and asterisks for a glob. */
  private static String literal(Path file) {
    return '\'' + file.toString().replace("'", "''").replaceAll("[\\[*?]", "[$0]") + '\'';
  }
}
