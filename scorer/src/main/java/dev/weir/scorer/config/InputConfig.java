package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import dev.weir.model.record.FieldPath;
import dev.weir.schemas.read.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What is scored. One of {@code topic}, {@code topics} and {@code pattern} says from where.
 *
 * @param topic of records
 * @param topics several of them; after construction all that are named, also a single one
 * @param pattern a regular expression that topics' whole names match, also of those that come later
 * @param keyField path of the field whose value is a record's key; the record's own key if not
 *     given. Records are then sent through a topic of Kafka Streams' own, so that those of a key
 *     meet
 * @param format what they are written in; JSON if not given
 * @param startFrom where an application begins that has no committed offsets yet; after that it
 *     goes on where it stopped
 * @param clockTolerance how far ahead of this machine's clock a record's time may be. One that is
 *     further ahead counts as if it came at the time of those before it
 */
public record InputConfig(
    String topic,
    List<String> topics,
    String pattern,
    String keyField,
    RecordFormat format,
    StartFrom startFrom,
    Duration clockTolerance) {
  private static final Duration TOLERANCE = Duration.ofHours(1);

  public InputConfig {
    long ways = Stream.of(topic, topics, pattern).filter(Objects::nonNull).count();
    if (ways == 0) {
      Check.present("topic", null, "the topic to score; or several under 'topics', or a 'pattern'");
    } else if (ways > 1) {
      throw Check.refuse(
          pattern == null ? "topics" : "pattern",
          "and another of 'topic', 'topics' and 'pattern' say what to score; have one of them");
    }
    topics = topic == null ? Check.orElse(topics, List.of()) : List.of(topic);
    topics.forEach(name -> TopicName.check(topic == null ? "topics" : "topic", name));
    topics = List.copyOf(topics);
    if (topics.isEmpty() && pattern == null) {
      throw Check.refuse("topics", "is empty, but must name a topic at least");
    }
    if (topics.stream().distinct().count() < topics.size()) {
      throw Check.refuse("topics", "names a topic twice");
    }
    if (pattern != null) {
      compile(pattern);
    }
    if (keyField != null) {
      checkPath(keyField);
    }
    format = Check.orElse(format, RecordFormat.JSON);
    startFrom = Check.orElse(startFrom, StartFrom.EARLIEST);
    clockTolerance = Check.orElse(clockTolerance, TOLERANCE);
    if (clockTolerance.isNegative()) {
      throw Check.refuse("clockTolerance", "must be 0ms at least");
    }
  }

  private static Pattern compile(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw Check.refuse("pattern", "is no regular expression: " + e.getDescription());
    }
  }

  private static void checkPath(String path) {
    try {
      FieldPath.parse(path);
    } catch (IllegalArgumentException e) {
      throw Check.refuse("keyField", "is no path of a field: " + e.getMessage());
    }
  }

  /** What topics' whole names match, if they are not named. */
  public Optional<Pattern> topicPattern() {
    return Optional.ofNullable(pattern).map(InputConfig::compile);
  }

  /** The field whose value is a record's key, if it is not the record's own. */
  public Optional<FieldPath> keyPath() {
    return Optional.ofNullable(keyField).map(FieldPath::parse);
  }

  /** Whether records of a topic are scored. */
  boolean reads(String name) {
    return topicPattern().map(regex -> regex.matcher(name).matches()).orElse(topics.contains(name));
  }

  /** Whether it is known that some topic is read by both; of two patterns, only if they are one. */
  boolean overlaps(InputConfig other) {
    return (pattern != null && pattern.equals(other.pattern))
        || topics.stream().anyMatch(other::reads)
        || other.topics.stream().anyMatch(this::reads);
  }

  /** Whether both are read as one: the same topics from the same place by the same times. */
  boolean isReadAs(InputConfig other) {
    return topics.equals(other.topics)
        && Objects.equals(pattern, other.pattern)
        && startFrom == other.startFrom
        && clockTolerance.equals(other.clockTolerance);
  }

  /** The key that says what is read. */
  public String key() {
    return "input." + (topic != null ? "topic" : pattern == null ? "topics" : "pattern");
  }

  /** What is read, in words. */
  public String described() {
    return pattern == null
        ? (topics.size() == 1 ? "topic " : "topics ") + String.join(", ", topics)
        : "topics like " + pattern;
  }

  /** Where in a topic to begin. */
  public enum StartFrom {
    /** With the oldest record that the topic still holds: nothing is left out. */
    EARLIEST,
    /** With what comes from now on: no alerts about the past. */
    LATEST
  }
}
