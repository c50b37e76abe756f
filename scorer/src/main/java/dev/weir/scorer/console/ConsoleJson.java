package dev.weir.scorer.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as programs and the console read it. */
final class ConsoleJson {
  private static final ObjectWriter BRIEF = JsonMapper.builder().build().writer();
  private static final ObjectWriter PRETTY = BRIEF.withDefaultPrettyPrinter();

  private ConsoleJson() {}

  /** In one line, as an event wants it. */
  static String brief(Object value) {
    return write(BRIEF, value);
  }

  /** As people like to read it. */
  static String pretty(Object value) {
    return write(PRETTY, value) + "\n";
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours cannot be written as JSON", e);
    }
  }
}
