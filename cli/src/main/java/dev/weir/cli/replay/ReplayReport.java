package dev.weir.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.console.AlertText;
import dev.weir.cli.console.Numbers;
import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.config.PipelineConfig;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a replay found, for people and for programs.
 *
 * @param model that was tried
 * @param pipeline how it was tried
 * @param topics that were read
 * @param from time of the range's oldest record; above {@code to} if there was none
 * @param to time of its newest record
 * @param tally what became of the records
 * @param difference between what was published and what would have been
 */
public record ReplayReport(
    Manifest model,
    PipelineConfig pipeline,
    List<String> topics,
    long from,
    long to,
    ReplayTally tally,
    Difference difference) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * For a terminal.
   *
   * @param top how many of the alarms of one side alone are listed
   * @param colour whether it shows colours
   */
  public String text(int top, boolean colour) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "weir replay: %s %s on %s, against %s",
        model.name(),
        model.version(),
        String.join(", ", topics),
        pipeline.alertsTopic());
    line(text, "  records         %s%s", Numbers.count(tally.scored()), range());
    if (tally.warmingUp() > 0) {
      line(
          text,
          "  warming up      %s, whose keys had no full window yet; begin earlier to have fewer",
          Numbers.count(tally.warmingUp()));
    }
    tally
        .rejectedByReason()
        .forEach(
            (reason, count) ->
                line(text, "  rejected        %s (%s)", Numbers.count(count), reason.code()));
    if (tally.suppressedAlerts() > 0) {
      line(
          text,
          "  held back       %s alerts, by cooldown or hourly limit",
          Numbers.count(tally.suppressedAlerts()));
    }
    line(
        text,
        "  published       %s; the candidate raises %s of them, too",
        Numbers.count(difference.published()),
        Numbers.count(difference.publishedInBoth()));
    line(
        text,
        "  candidate       %s; %s of them were published, too",
        Numbers.count(difference.candidate()),
        Numbers.count(difference.candidateInBoth()));
    list(text, "only published", difference.onlyPublished(), top, colour);
    list(text, "only candidate", difference.onlyCandidate(), top, colour);
    return text.toString();
  }

  private String range() {
    return from > to ? "" : ", from " + time(from) + " to " + time(to);
  }

  private static void list(
      StringBuilder text, String name, List<Alarm> alarms, int top, boolean colour) {
    line(text, "  %-14s  %s", name, Numbers.count(alarms.size()));
    for (Alarm alarm : alarms.subList(0, Math.min(top, alarms.size()))) {
      line(
          text,
          "    %s  %s  %s  %s  %s [%s-%d at %d]",
          time(alarm.from()),
          AlertText.severity(alarm.severity(), colour),
          AlertText.plain(alarm.key()),
          Double.isNaN(alarm.probability())
              ? "silent"
              : "chance " + Numbers.odds(alarm.probability()),
          alarm.feature() == null ? "" : AlertText.plain(alarm.feature()),
          alarm.topic(),
          alarm.partition(),
          alarm.offset());
    }
    if (alarms.size() > top) {
      line(text, "    and %s more", Numbers.count(alarms.size() - top));
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing())
        .append(System.lineSeparator());
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  /** As JSON, with so many of the alarms of one side alone. */
  public String json(int top) {
    ObjectNode node = NODES.objectNode();
    node.put("model", model.name()).put("version", model.version()).put("family", model.family());
    node.put("alertsTopic", pipeline.alertsTopic());
    ArrayNode read = node.putArray("topics");
    topics.forEach(read::add);
    node.put("from", from > to ? null : Instant.ofEpochMilli(from).toString());
    node.put("to", from > to ? null : Instant.ofEpochMilli(to).toString());
    node.put("scored", tally.scored()).put("anomalous", tally.anomalous());
    node.put("warmingUp", tally.warmingUp()).put("tombstones", tally.tombstones());
    node.put("suppressedAlerts", tally.suppressedAlerts());
    ObjectNode rejected = node.putObject("rejected");
    tally.rejectedByReason().forEach((reason, count) -> rejected.put(reason.code(), count));
    node.put("published", difference.published());
    node.put("publishedAlerts", difference.publishedAlerts());
    node.put("publishedInBoth", difference.publishedInBoth());
    node.put("candidate", difference.candidate());
    node.put("candidateAlerts", difference.candidateAlerts());
    node.put("candidateInBoth", difference.candidateInBoth());
    side(node, "onlyPublished", difference.onlyPublished(), top);
    side(node, "onlyCandidate", difference.onlyCandidate(), top);
    return node.toPrettyString();
  }

  private static void side(ObjectNode node, String name, List<Alarm> alarms, int top) {
    node.put(name, alarms.size());
    ArrayNode list = node.putArray(name + "Top");
    for (Alarm alarm : alarms.subList(0, Math.min(top, alarms.size()))) {
      ObjectNode one = list.addObject();
      one.put("key", alarm.key());
      one.put("from", Instant.ofEpochMilli(alarm.from()).toString());
      one.put("to", Instant.ofEpochMilli(alarm.to()).toString());
      one.put("severity", alarm.severity().name());
      if (Double.isFinite(alarm.probability())) {
        one.put("probability", alarm.probability());
      }
      one.put("feature", alarm.feature());
      one.put("topic", alarm.topic()).put("partition", alarm.partition());
      one.put("offset", alarm.offset());
    }
  }
}
