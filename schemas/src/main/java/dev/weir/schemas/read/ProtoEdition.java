package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edition that a {@code .proto} file names, and its text as a parser wants it that knows none:
 * as proto3, whose grammar is nearly that of editions.
 *
 * @param text the lines are those of the file, so that messages name its places
 * @param isNamed whether there is one
 * @see <a href="https://protobuf.dev/editions/overview/">Protobuf's editions</a>
 */
record ProtoEdition(String text, boolean isNamed) {
  private static final Pattern STATEMENT =
      Pattern.compile("edition\\s{0,99}=\\s{0,99}[\"']([^\"']{0,99})[\"']\\s{0,99};");
  private static final Set<String> KNOWN = Set.of("2023", "2024");

  /**
   * Looks at a file's first statement.
   *
   * @throws RejectedRecordException if it names an edition that is not known: its defaults may be
   *     others
   */
  static ProtoEdition of(String name, String text) throws RejectedRecordException {
    int begin = firstStatement(text);
    Matcher statement = STATEMENT.matcher(text).region(begin, text.length());
    if (!statement.lookingAt()) {
      return new ProtoEdition(text, false);
    }
    if (!KNOWN.contains(statement.group(1))) {
      throw unknown(name, statement.group(1));
    }
    return new ProtoEdition(
        text.substring(0, begin) + "syntax = \"proto3\";" + text.substring(statement.end()), true);
  }

  static RejectedRecordException unknown(String name, String edition) {
    return ProtoFile.notValid(name, "Weir knows editions 2023 and 2024, but not " + edition);
  }

  /** Where white space and comments end. */
  private static int firstStatement(String text) {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        at = after(text, "\n", at);
      } else if (text.startsWith("/*", at)) {
        at = after(text, "*/", at + 2);
      } else {
        break;
      }
    }
    return at;
  }

  private static int after(String text, String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + mark.length();
  }
}
