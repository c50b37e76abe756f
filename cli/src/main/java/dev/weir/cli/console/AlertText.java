package dev.weir.cli.console;

import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an alert says, in words for a terminal. */
public final class AlertText {
  private AlertText() {}

  /**
   * A severity, as wide as the widest.
   *
   * @param colour whether the terminal shows colours
   */
  public static String severity(Severity severity, boolean colour) {
    String name = String.format(Locale.ROOT, "%-8s", severity.name());
    return switch (severity) {
      case CRITICAL -> paint("1;31", name, colour);
      case HIGH -> paint("31", name, colour);
      case MEDIUM -> paint("33", name, colour);
      case LOW -> paint("36", name, colour);
    };
  }

  /** Text in a colour or weight of ANSI's, if the terminal shows them. */
  public static String paint(String code, String text, boolean colour) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** The features that matter most, so many at most: actual where expected. */
  public static String features(Alert alert, int most) {
    return alert.getContributions().stream()
        .limit(most)
        .map(AlertText::feature)
        .collect(Collectors.joining("; "));
  }

  /** Text that comes from records, without what would move the cursor or ring the bell. */
  public static String plain(String text) {
    if (text == null) {
      return "(no key)";
    }
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String feature(FeatureContribution contribution) {
    List<String> values = values(contribution);
    return plain(contribution.getFeature())
        + " "
        + values.get(0)
        + " where "
        + values.get(1)
        + " was expected ("
        + Numbers.percent(contribution.getShare())
        + " of the score)";
  }

  /** The actual and the expected value; by name where their numbers say nothing. */
  private static List<String> values(FeatureContribution contribution) {
    Double actual = contribution.getActual();
    double expected = contribution.getExpected();
    if (contribution.getExpectedText() != null) {
      String text = contribution.getActualText();
      return List.of(text == null ? "missing" : plain(text), plain(contribution.getExpectedText()));
    }
    return actual == null
        ? List.of("missing", Numbers.value(expected))
        : Numbers.apart(actual, expected);
  }
}
