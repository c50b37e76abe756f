package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.util.regex.Pattern;

/** What Kafka takes as a topic's name. */
final class TopicName {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private TopicName() {}

  /** The name, or null if it is null. */
  static String check(String key, String name) {
    if (name != null && (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals(".."))) {
      throw Check.refuse(
          key,
          "is '"
              + name
              + "', but a topic's name has letters, digits, dots, underscores and hyphens, 249 at most");
    }
    return name;
  }
}
