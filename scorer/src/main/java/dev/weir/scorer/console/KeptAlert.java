package dev.weir.scorer.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import java.time.Instant;
import java.util.List;

/**
 * What the console shows of an alert. Text that comes from records is cut off where no person would
 * read on, so that a thousand of these take little room. What is not a number is null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptAlert(
    String id,
    String pipeline,
    String key,
    long eventTime,
    long detectionTime,
    String model,
    String version,
    Double score,
    Double threshold,
    Double probability,
    String severity,
    String kind,
    String status,
    String incidentId,
    Long incidentStart,
    long anomalousRecords,
    String topic,
    int partition,
    long offset,
    Integer cell,
    List<Part> contributions) {
  private static final int LONGEST = 160;

  /** What a feature added. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Part(
      String feature,
      Double actual,
      Double expected,
      Double share,
      String actualText,
      String expectedText) {

    static Part of(FeatureContribution contribution) {
      return new Part(
          cut(contribution.getFeature()),
          number(contribution.getActual()),
          number(contribution.getExpected()),
          number(contribution.getShare()),
          cut(contribution.getActualText()),
          cut(contribution.getExpectedText()));
    }
  }

  static KeptAlert of(Alert alert) {
    return new KeptAlert(
        cut(alert.getId()),
        alert.getPipeline(),
        cut(alert.getKey()),
        alert.getEventTime().toEpochMilli(),
        alert.getDetectionTime().toEpochMilli(),
        cut(alert.getModelName()),
        cut(alert.getModelVersion()),
        number(alert.getScore()),
        number(alert.getThreshold()),
        number(alert.getProbability()),
        alert.getSeverity().name(),
        alert.getKind().name(),
        alert.getStatus().name(),
        cut(alert.getIncidentId()),
        millis(alert.getIncidentStart()),
        alert.getAnomalousRecords(),
        alert.getSourceTopic(),
        alert.getSourcePartition(),
        alert.getSourceOffset(),
        alert.getSomCell(),
        alert.getContributions().stream().map(Part::of).toList());
  }

  private static Long millis(Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Double number(Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  /** JSON's own numbers only: a browser takes no other. */
  private static String cut(String text) {
    if (text == null || text.length() <= LONGEST) {
      return text;
    }
    // Not between the halves of a character.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
