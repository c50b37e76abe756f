package dev.weir.trainer.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name, or a pattern of names: an asterisk stands for any characters, a question mark for one.
 */
public final class Glob {
  private final String text;
  private final Pattern regex;

  private Glob(String text) {
    this.text = text;
    regex =
        Pattern.compile(
            text.codePoints()
                .mapToObj(
                    c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()),
            Pattern.DOTALL);
  }

  public static Glob of(String text) {
    return new Glob(text);
  }

  /** Whether it stands for a single name only. */
  public boolean isName() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  public boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
