package dev.weir.cli.topic;

import dev.weir.model.config.DurationText;
import dev.weir.model.error.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a range of a topic begins or ends: a time, or offsets.
 *
 * <p>At a time means: at the first record that is not older.
 */
public sealed interface Edge {
  /** How one can be written. */
  String FORMS =
      "a time (2026-03-01T14:00:00Z, or without a zone in this machine's), how long ago (90m, 2h,"
          + " 7d), an offset of each partition (5000), offsets of partitions (0:5000,1:4800),"
          + " earliest or latest";

  /** An offset of one partition. */
  Pattern PAIR = Pattern.compile("(\\d+):(\\d+)");

  /** The oldest record. */
  record Earliest() implements Edge {}

  /** After the newest record. */
  record Latest() implements Edge {}

  /** The first record that is not older than this. */
  record AtTime(Instant time) implements Edge {}

  /** The same offset in every partition. */
  record AtOffset(long offset) implements Edge {}

  /** An offset for each of some partitions; the others are left out. */
  record AtOffsets(Map<Integer, Long> offsets) implements Edge {}

  /**
   * Reads one.
   *
   * @param now from which it is so long ago
   * @throws InvalidInputException with what would be right
   */
  static Edge parse(String option, String text, Instant now) {
    String given = text.trim();
    if (given.equals("earliest")) {
      return new Earliest();
    }
    if (given.equals("latest")) {
      return new Latest();
    }
    try {
      if (given.matches("\\d{1,18}")) {
        return new AtOffset(Long.parseLong(given));
      }
      if (given.matches("\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*")) {
        Map<Integer, Long> offsets = new HashMap<>();
        Matcher pair = PAIR.matcher(given);
        while (pair.find()) {
          offsets.put(Integer.parseInt(pair.group(1)), Long.parseLong(pair.group(2)));
        }
        return new AtOffsets(offsets);
      }
      if (given.matches("\\d+ *(ms|s|m|h|d)")) {
        return new AtTime(now.minus(DurationText.parse(given)));
      }
      return new AtTime(time(given));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new InvalidInputException(option + " is '" + text + "', but must be " + FORMS, e);
    }
  }

  private static Instant time(String text) {
    if (text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)") && text.contains("T")) {
      return OffsetDateTime.parse(text).toInstant();
    }
    LocalDateTime local =
        text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    return local.atZone(ZoneId.systemDefault()).toInstant();
  }

  /** The offset of this edge in each partition, within what there is. */
  default Map<TopicPartition, Long> resolve(
      Consumer<?, ?> consumer,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> end,
      boolean isEnd) {
    Collection<TopicPartition> partitions = first.keySet();
    if (this instanceof Earliest) {
      return first;
    }
    if (this instanceof Latest) {
      return end;
    }
    Function<TopicPartition, Long> offset;
    if (this instanceof AtTime at) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, at.time().toEpochMilli()));
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
      offset =
          partition ->
              found.get(partition) == null ? end.get(partition) : found.get(partition).offset();
    } else if (this instanceof AtOffset at) {
      offset = partition -> at.offset();
    } else {
      Map<Integer, Long> offsets = ((AtOffsets) this).offsets();
      // A partition that is not named has no records in the range.
      offset =
          partition ->
              offsets.getOrDefault(
                  partition.partition(), isEnd ? first.get(partition) : end.get(partition));
    }
    Map<TopicPartition, Long> resolved = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long within =
          Math.max(first.get(partition), Math.min(end.get(partition), offset.apply(partition)));
      resolved.put(partition, within);
    }
    return resolved;
  }
}
