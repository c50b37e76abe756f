package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names in a CSV file's first line.
 *
 * <p>DuckDB would make up names for blank ones, number those that it takes for equal (whatever
 * their case), and strip blanks; a model's features would then be called otherwise than the fields
 * of the records that it is to score.
 */
final class CsvHeader {
  /** Nobody calls a column so; a quote that is not closed would make one name of the whole file. */
  private static final int LONGEST_NAME = 100_000;

  private CsvHeader() {}

  /**
   * Refuses a header whose names would not stay as they are.
   *
   * @throws InvalidInputException if a name is blank, begins or ends with a blank, or occurs twice
   */
  static void check(Path file, char delimiter) {
    List<String> names = read(file, delimiter);
    List<Integer> blank = new ArrayList<>();
    Set<String> padded = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isBlank()) {
        blank.add(i + 1);
      } else if (!name.strip().equals(name)) {
        padded.add(name);
      }
      if (!name.isBlank() && !seen.add(name.strip())) {
        twice.add(name.strip());
      }
    }
    if (!blank.isEmpty()) {
      throw refuse(
          file,
          "no name for column "
              + blank.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + " of "
              + names.size());
    }
    if (!twice.isEmpty()) {
      throw refuse(
          file, "more than one column (upper and lower case count as equal) called " + list(twice));
    }
    if (!padded.isEmpty()) {
      throw refuse(file, "blanks around the names " + list(padded));
    }
  }

  private static InvalidInputException refuse(Path file, String what) {
    return new InvalidInputException(
        "the file " + file + " has in its header " + what + "; mend the header line");
  }

  private static String list(Set<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /** The names of the first line that is not empty. */
  private static List<String> read(Path file, char delimiter) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    try (Reader reader = CsvShape.open(file)) {
      int previous = 0;
      for (int c = reader.read(); c >= 0 && name.length() < LONGEST_NAME; c = reader.read()) {
        if (!quoted && CsvShape.isLineEnd(c)) {
          if (begun) {
            break;
          }
        } else if (c == '"') {
          // A doubled quote within a quoted name is one quote.
          if (!quoted && previous == '"') {
            name.append('"');
          }
          quoted = !quoted;
          begun = true;
        } else if (!quoted && c == delimiter) {
          names.add(name.toString());
          name.setLength(0);
          begun = true;
        } else if (c != CsvShape.BYTE_ORDER_MARK) {
          name.append((char) c);
          begun = true;
        }
        previous = c;
      }
    } catch (IOException e) {
      throw new InvalidInputException(CsvShape.unreadable(file, e), e);
    }
    names.add(name.toString());
    return names;
  }
}
