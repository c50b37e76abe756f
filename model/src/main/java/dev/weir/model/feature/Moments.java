package dev.weir.model.feature;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * Moments in ISO 8601: {@code 2026-10-01T13:45:00.250Z}.
 *
 * <p>Seconds, their fraction and the time of day may be left out, a blank may stand for the T, and
 * the offset may be {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}; without one, it is
 * UTC. Written out here since {@code java.time} answers a text that is no time with an exception
 * and its stack trace, which a topic full of them would make a stream thread pay for.
 */
public final class Moments {
  private static final double MILLIS_OF_DAY = 86_400_000.0;
  private static final int DATE_LENGTH = 10;
  private static final int MOST_DECIMALS = 9;

  private Moments() {}

  /** Milliseconds since 1970-01-01T00:00Z, with fractions; NaN if the text is not a moment. */
  public static double epochMillis(String text) {
    double date = date(text);
    if (Double.isNaN(date) || text.length() == DATE_LENGTH) {
      return date;
    }
    char between = text.charAt(DATE_LENGTH);
    if (between != 'T' && between != 't' && between != ' ') {
      return Double.NaN;
    }
    return date + timeAndOffset(text);
  }

  private static double date(String text) {
    if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Double.NaN;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    boolean valid =
        year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Month.of(month).length(Year.isLeap(year));
    return valid ? LocalDate.of(year, month, day).toEpochDay() * MILLIS_OF_DAY : Double.NaN;
  }

  /** The milliseconds after midnight of the date, in UTC. */
  private static double timeAndOffset(String text) {
    int at = DATE_LENGTH + 1;
    int hour = digits(text, at, at + 2);
    int minute = is(text, at + 2, ':') ? digits(text, at + 3, at + 5) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return Double.NaN;
    }
    at += 5;
    double millis = 0;
    if (is(text, at, ':')) {
      int whole = digits(text, at + 1, at + 3);
      if (whole < 0 || whole > 59) {
        return Double.NaN;
      }
      millis = whole * 1000;
      at += 3;
      if (is(text, at, '.') || is(text, at, ',')) {
        int end = at + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
          end++;
        }
        int decimals = end - at - 1;
        if (decimals < 1 || decimals > MOST_DECIMALS) {
          return Double.NaN;
        }
        long nanos = digits(text, at + 1, end);
        for (int i = decimals; i < MOST_DECIMALS; i++) {
          nanos *= 10;
        }
        millis += nanos / 1e6;
        at = end;
      }
    }
    return (hour * 60 + minute - offsetMinutes(text, at)) * 60_000.0 + millis;
  }

  private static double offsetMinutes(String text, int at) {
    int left = text.length() - at;
    if (left == 0 || (left == 1 && (is(text, at, 'Z') || is(text, at, 'z')))) {
      return 0;
    }
    boolean signed = is(text, at, '+') || is(text, at, '-');
    boolean colon = left == 6 && is(text, at + 3, ':');
    if (!signed || !(left == 3 || left == 5 || colon)) {
      return Double.NaN;
    }
    int hours = digits(text, at + 1, at + 3);
    int minutes = left == 3 ? 0 : digits(text, text.length() - 2, text.length());
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return Double.NaN;
    }
    return (hours * 60 + minutes) * (is(text, at, '-') ? -1 : 1);
  }

  /** The number that the digits make; -1 if they are not all digits, or not all there. */
  private static int digits(String text, int from, int to) {
    if (to > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean is(String text, int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
