package dev.weir.model.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 10ms}, {@code 60s}, {@code 5m}, {@code 2h}, {@code 7d}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,12})\\s*(ms|s|m|h|d)\\s*");
  static final String EXAMPLES = "a number with its unit: 10ms, 60s, 5m, 2h or 7d";

  /** What fits into a long of nanoseconds, so that no clock arithmetic can overflow. */
  private static final Duration LONGEST =
      Duration.ofDays(Duration.ofNanos(Long.MAX_VALUE).toDays());

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException with what would be right
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a duration; write " + EXAMPLES);
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is too long; the longest duration is " + LONGEST.toDays() + "d");
    }
    return duration;
  }

  /** Reads durations in a config. */
  static final class Deserializer extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.currentToken().isScalarValue()) {
        return (Duration) context.handleUnexpectedToken(Duration.class, parser);
      }
      return parse(parser.getValueAsString());
    }
  }
}
