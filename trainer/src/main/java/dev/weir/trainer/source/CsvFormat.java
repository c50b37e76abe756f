package dev.weir.trainer.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CSV with a header line. Nothing, NA, NaN and null are missing values.
 *
 * @param delimiter between the values
 */
record CsvFormat(char delimiter) implements FileFormat {
  /** What stands for a missing value, besides nothing at all. */
  private static final String MISSING = "'','NA','N/A','NaN','nan','NULL','null','None'";

  @Override
  public String relation(List<Path> files) {
    return "read_csv("
        + FileFormat.literals(files)
        + ", header = true, delim = '"
        + delimiter
        + "', quote = '\"', escape = '\"', comment = '', skip = 0, nullstr = ["
        + MISSING
        + "], sample_size = -1, union_by_name = true, ignore_errors = false)";
  }

  @Override
  public String description() {
    return "CSV with a header line; are the line ends all alike, and the quotes paired?";
  }

  @Override
  public String place(long row) {
    return "row " + row + " after the header";
  }

  @Override
  public boolean isAllText() {
    return true;
  }

  @Override
  public Optional<String> misfit(Path file) {
    return CsvShape.misfit(file, delimiter);
  }
}
