package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * How a CSV file is cut into values, by its header line, and where it breaks that rule.
 *
 * <p>Left to guess, DuckDB takes a file with one line too long for a file of one text column, or
 * its first row for the header. Values may be quoted with {@code "}, doubled within a value.
 */
final class CsvShape {
  private static final String DELIMITERS = ",;\t|";
  static final char BYTE_ORDER_MARK = '\uFEFF';

  private CsvShape() {}

  /**
   * What separates the values: the most frequent among comma, semicolon, tab and bar in the header.
   */
  static char delimiter(Path file) {
    int[] counts = new int[DELIMITERS.length()];
    try (Reader reader = open(file)) {
      boolean quoted = false;
      for (int c = reader.read(); c >= 0 && (quoted || !isLineEnd(c)); c = reader.read()) {
        quoted ^= c == '"';
        int found = DELIMITERS.indexOf(c);
        if (!quoted && found >= 0) {
          counts[found]++;
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(unreadable(file, e), e);
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  /** Says where the file is not CSV, and what to do; empty if it is. */
  static Optional<String> misfit(Path file, char delimiter) {
    try (Reader reader = open(file)) {
      Scan scan = new Scan(file, delimiter);
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        scan.take((char) c);
        if (scan.misfit != null) {
          break;
        }
      }
      return Optional.ofNullable(scan.end());
    } catch (IOException e) {
      return Optional.of(unreadable(file, e));
    }
  }

  /** The text of a file, plain or gzipped. */
  static Reader open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(
          new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  static String unreadable(Path file, IOException e) {
    String problem =
        e instanceof CharacterCodingException
            ? " is not text in UTF-8; convert it, for example with iconv"
            : e instanceof EOFException
                ? " ends in the middle of its compressed data; copy it again"
                : " cannot be read (" + e.getMessage() + "); is it a CSV file, plain or gzipped?";
    return "the file " + file + problem;
  }

  static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  /** Counts the values of each line. */
  private static final class Scan {
    private final Path file;
    private final char delimiter;
    private String misfit;
    private int header;
    private int values = 1;
    private boolean blank = true;
    private boolean quoted;
    private char previous = '\n';
    private long line = 1;
    private long begun = 1;

    Scan(Path file, char delimiter) {
      this.file = file;
      this.delimiter = delimiter;
    }

    void take(char c) {
      boolean newLine = c == '\r' || (c == '\n' && previous != '\r');
      if (c == '"') {
        quoted = !quoted;
        blank = false;
      } else if (!quoted && isLineEnd(c)) {
        endOfLine();
      } else if (!quoted && c == delimiter) {
        values++;
        blank = false;
      } else if (c != BYTE_ORDER_MARK) {
        blank = false;
      }
      line += newLine ? 1 : 0;
      begun = blank ? line : begun;
      previous = c;
    }

    private void endOfLine() {
      if (!blank && header == 0) {
        header = values;
      } else if (!blank && values != header) {
        misfit =
            "the file %s has %d values in line %d, but %d in its header; mend the line"
                .formatted(file, values, begun, header);
      }
      values = 1;
      blank = true;
    }

    String end() {
      if (misfit == null && quoted) {
        return "the file %s has a quote that is not closed, in line %d or after; mend it"
            .formatted(file, begun);
      }
      if (misfit == null) {
        endOfLine();
      }
      return misfit;
    }
  }
}
