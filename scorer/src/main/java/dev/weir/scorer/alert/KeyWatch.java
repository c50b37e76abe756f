package dev.weir.scorer.alert;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.scorer.state.DamagedStateException;
import java.io.IOException;

/**
 * What an {@link AlertPolicy} remembers of one key. Times are in milliseconds, of records and not
 * of clocks.
 *
 * <p>Kept as JSON: a later Weir may add to it, and one can read it in the changelog. Not
 * thread-safe.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public final class KeyWatch {
  private static final String WHAT = "what is kept of a key's incidents";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The newest time of any record; the key's clock. */
  long lastSeen = Long.MIN_VALUE;

  /** The record that was last. */
  RecordSource lastRecord;

  /** Smoothed time between two records. */
  double usualGap;

  /** How many times between two records it is made of, up to a bound. */
  int gaps;

  /** Which of the last records were anomalous; the newest is the lowest bit. */
  long recent;

  /** Null if none is open. */
  Incident incident;

  /** Before this time no incident opens. */
  long cooldownUntil = Long.MIN_VALUE;

  /** The hour, counted from 1970, in which alerts are counted. */
  long hour;

  /** How many alerts there were in it. */
  int alertsInHour;

  /** Since when the key has been silent; the least value if it is not. */
  long silentSince = Long.MIN_VALUE;

  /** Whether nobody heard of that, since the key had too many alerts. */
  boolean silenceHeldBack;

  /** An open incident. */
  @JsonAutoDetect(fieldVisibility = Visibility.ANY)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  static final class Incident {
    /** The id of the alert that opened it. */
    String id;

    long openedAt;
    long lastAnomaly;
    long lastReported;
    long anomalies;

    /** The least probable of its records. */
    Evidence worst;
  }

  /** The watch of a key of which no record has come. */
  public KeyWatch() {}

  /** The newest time of any record; the least value if none has come. */
  public long lastSeen() {
    return lastSeen;
  }

  /** The record that was last; null if none has come. */
  public RecordSource lastRecord() {
    return lastRecord;
  }

  /** Whether an incident is open. */
  public boolean hasIncident() {
    return incident != null;
  }

  boolean isSilent() {
    return silentSince != Long.MIN_VALUE;
  }

  /** Whether a record of the key has been seen. */
  boolean isBegun() {
    return lastSeen != Long.MIN_VALUE;
  }

  /** As it is kept. */
  public byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a watch cannot be written", e);
    }
  }

  /**
   * A watch that was kept; a new one from null.
   *
   * @throws DamagedStateException if the bytes are none
   */
  public static KeyWatch of(byte[] bytes) {
    if (bytes == null) {
      return new KeyWatch();
    }
    try {
      KeyWatch watch = JSON.readValue(bytes, KeyWatch.class);
      if (watch == null) {
        throw new DamagedStateException(WHAT, "null");
      }
      return watch;
    } catch (IOException e) {
      throw new DamagedStateException(WHAT, e);
    }
  }
}
