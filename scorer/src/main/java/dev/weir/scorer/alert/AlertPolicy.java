package dev.weir.scorer.alert;

import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.config.IncidentConfig;
import dev.weir.scorer.config.SilenceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides which verdicts somebody hears of.
 *
 * <p>Without incidents, each anomalous record is an alert. With them, an incident opens when so
 * many of a key's last records were anomalous, is reported again now and then, and closes after a
 * quiet time. A key that stops sending may raise an alert, too.
 *
 * <p>Everything goes by the times of records: the same records in the same order give the same
 * alerts, however fast they come and however often they are read. A record that is older than its
 * key's newest counts as if it were as new. Immutable and thread-safe; the watches are not.
 */
public final class AlertPolicy {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** Before so many times between records a key has no rhythm. */
  private static final int FEWEST_GAPS = 10;

  /** How many times between records the usual one is made of. */
  private static final int MOST_GAPS = 100;

  private static final Set<AlertKind> NOTHING = Set.of();
  private static final Set<AlertKind> INCIDENT = Set.of(AlertKind.ANOMALY);
  private static final Set<AlertKind> SILENCE = Set.of(AlertKind.SILENCE);
  private static final Set<AlertKind> INCIDENT_AND_SILENCE =
      Set.of(AlertKind.ANOMALY, AlertKind.SILENCE);

  private final String pipeline;
  private final IncidentConfig incidents;
  private final SilenceConfig silence;
  private final int maxPerHour;

  public AlertPolicy(String pipeline, AlertConfig config) {
    this.pipeline = pipeline;
    incidents = config.incidents();
    silence = config.silence();
    maxPerHour = incidents == null ? IncidentConfig.MAX_PER_HOUR : incidents.maxPerHour();
  }

  /** What is heard of one record, and what would have been, but was too much. */
  public record Outcome(List<Notice> notices, int suppressed) {}

  /**
   * Whether an alert may be raised without a look at the key's earlier records.
   *
   * @return whether it needs a {@link KeyWatch} of each key
   */
  public boolean needsWatch() {
    return incidents != null || silence != null;
  }

  /**
   * What is open of a key: somebody was told that it began, and nobody yet that it has ended.
   *
   * @return of incidents, {@link AlertKind#ANOMALY}; of a silence, {@link AlertKind#SILENCE}
   */
  public Set<AlertKind> open(KeyWatch watch) {
    // Without incidents in the config nothing ends one that was open before.
    boolean hasIncident = incidents != null && watch.incident != null;
    boolean isSilent = watch.isSilent() && !watch.silenceHeldBack;
    if (hasIncident) {
      return isSilent ? INCIDENT_AND_SILENCE : INCIDENT;
    }
    return isSilent ? SILENCE : NOTHING;
  }

  /** How many keys a task watches for silence at most. */
  public int mostKeys() {
    return silence == null ? Integer.MAX_VALUE : silence.maxKeys();
  }

  /** What is heard of a record if nothing is remembered of keys. */
  public List<Notice> onRecord(RecordSource source, Verdict verdict) {
    return verdict.anomalous()
        ? List.of(
            Notice.ofRecord(AlertStatus.RECORD, id(source), null, Evidence.of(source, verdict)))
        : List.of();
  }

  /**
   * What is heard of a record; the watch of its key is changed.
   *
   * @param time the newest of all records so far, this one among them, whatever its source says. A
   *     key whose clock is wrong, or whose records come late, has been heard of now, and not when
   *     it says
   */
  public Outcome onRecord(KeyWatch watch, RecordSource source, Verdict verdict, long time) {
    long now = Math.max(time, watch.lastSeen);
    Outcome due = onTime(watch, now);
    List<Notice> notices = new ArrayList<>(due.notices());
    if (watch.isSilent()) {
      if (!watch.silenceHeldBack) {
        notices.add(back(watch, now));
      }
      watch.silentSince = Long.MIN_VALUE;
      watch.silenceHeldBack = false;
    }
    see(watch, source, now);
    if (incidents == null) {
      notices.addAll(onRecord(source, verdict));
      return new Outcome(notices, due.suppressed());
    }
    watch.recent = (watch.recent << 1) | (verdict.anomalous() ? 1 : 0);
    int suppressed = due.suppressed();
    if (verdict.anomalous()) {
      Evidence evidence = Evidence.of(source, verdict);
      if (watch.incident == null) {
        suppressed += open(watch, evidence, now, notices);
      } else {
        suppressed += report(watch, evidence, now, notices);
      }
    }
    return new Outcome(notices, suppressed);
  }

  private static void see(KeyWatch watch, RecordSource source, long now) {
    if (watch.isBegun()) {
      watch.gaps = Math.min(watch.gaps + 1, MOST_GAPS);
      watch.usualGap += (now - watch.lastSeen - watch.usualGap) / watch.gaps;
    }
    watch.lastSeen = now;
    watch.lastRecord = source;
  }

  private int open(KeyWatch watch, Evidence evidence, long now, List<Notice> notices) {
    long among = incidents.among() == Long.SIZE ? -1L : (1L << incidents.among()) - 1;
    if (Long.bitCount(watch.recent & among) < incidents.openAfter()) {
      return 0;
    }
    if (now < watch.cooldownUntil || isTooMuch(watch, now)) {
      return 1;
    }
    KeyWatch.Incident incident = new KeyWatch.Incident();
    incident.id = id(evidence.source());
    incident.openedAt = Math.min(evidence.source().eventMillis(), now);
    incident.lastAnomaly = now;
    incident.lastReported = now;
    incident.anomalies = Long.bitCount(watch.recent & among);
    incident.worst = evidence;
    watch.incident = incident;
    watch.alertsInHour++;
    notices.add(Notice.ofRecord(AlertStatus.OPENED, incident.id, incident, evidence));
    return 0;
  }

  private int report(KeyWatch watch, Evidence evidence, long now, List<Notice> notices) {
    KeyWatch.Incident incident = watch.incident;
    incident.anomalies++;
    incident.lastAnomaly = now;
    // The later one of two that are equally improbable: its values are fresher.
    if (evidence.probability() <= incident.worst.probability()) {
      incident.worst = evidence;
    }
    if (now - incident.lastReported < incidents.updateEvery().toMillis()) {
      return 0;
    }
    if (isTooMuch(watch, now)) {
      return 1;
    }
    incident.lastReported = now;
    watch.alertsInHour++;
    notices.add(Notice.ofRecord(AlertStatus.UPDATED, id(evidence.source()), incident, evidence));
    return 0;
  }

  private boolean isTooMuch(KeyWatch watch, long now) {
    long hour = Math.floorDiv(now, HOUR);
    if (hour != watch.hour) {
      watch.hour = hour;
      watch.alertsInHour = 0;
    }
    return watch.alertsInHour >= maxPerHour;
  }

  /** What is heard when a key is no more: what is open of it is closed. The watch is done with. */
  public List<Notice> onEnd(KeyWatch watch, long time) {
    long now = Math.max(time, watch.lastSeen);
    List<Notice> notices = new ArrayList<>(onTime(watch, now).notices());
    if (watch.incident != null) {
      notices.add(Notice.ofClosed(watch.incident, now));
    }
    if (watch.isSilent() && !watch.silenceHeldBack) {
      notices.add(back(watch, now));
    }
    return notices;
  }

  /** A key that was silent is not so any more. */
  private Notice back(KeyWatch watch, long now) {
    return Notice.ofSilence(
        AlertStatus.CLOSED,
        silenceId(watch),
        watch.lastRecord,
        watch.silentSince,
        now,
        now - watch.lastSeen,
        watch.silentSince - watch.lastSeen);
  }

  /** What is heard when time has gone on to {@code now} without a record of the key. */
  public Outcome onTime(KeyWatch watch, long now) {
    List<Notice> notices = new ArrayList<>();
    int suppressed = 0;
    OptionalLong closing = closing(watch);
    if (closing.isPresent() && now >= closing.getAsLong()) {
      notices.add(Notice.ofClosed(watch.incident, closing.getAsLong()));
      watch.incident = null;
      watch.recent = 0;
      watch.cooldownUntil = closing.getAsLong() + incidents.cooldown().toMillis();
    }
    OptionalLong onset = onset(watch);
    if (onset.isPresent() && now >= onset.getAsLong()) {
      watch.silentSince = onset.getAsLong();
      watch.silenceHeldBack = isTooMuch(watch, onset.getAsLong());
      if (watch.silenceHeldBack) {
        return new Outcome(notices, suppressed + 1);
      }
      watch.alertsInHour++;
      notices.add(
          Notice.ofSilence(
              AlertStatus.OPENED,
              silenceId(watch),
              watch.lastRecord,
              watch.silentSince,
              watch.silentSince,
              watch.silentSince - watch.lastSeen,
              watch.silentSince - watch.lastSeen));
    }
    return new Outcome(notices, suppressed);
  }

  /** When {@link #onTime} would have something to say of the key, if no record comes before. */
  public OptionalLong deadline(KeyWatch watch) {
    OptionalLong closing = closing(watch);
    OptionalLong onset = onset(watch);
    if (closing.isEmpty()) {
      return onset;
    }
    return onset.isEmpty()
        ? closing
        : OptionalLong.of(Math.min(closing.getAsLong(), onset.getAsLong()));
  }

  private OptionalLong closing(KeyWatch watch) {
    return incidents == null || watch.incident == null
        ? OptionalLong.empty()
        : OptionalLong.of(watch.incident.lastAnomaly + incidents.closeAfter().toMillis());
  }

  private OptionalLong onset(KeyWatch watch) {
    if (silence == null || watch.isSilent() || !watch.isBegun()) {
      return OptionalLong.empty();
    }
    if (silence.after() != null) {
      return OptionalLong.of(watch.lastSeen + silence.after().toMillis());
    }
    if (watch.gaps < FEWEST_GAPS) {
      return OptionalLong.empty();
    }
    double allowed =
        Math.max((double) silence.minimum().toMillis(), silence.factor() * watch.usualGap);
    return OptionalLong.of(watch.lastSeen + (long) Math.min(allowed, Long.MAX_VALUE / 4.0));
  }

  private String id(RecordSource source) {
    return pipeline + ":" + source.topic() + ":" + source.partition() + ":" + source.offset();
  }

  private String silenceId(KeyWatch watch) {
    return id(watch.lastRecord) + ":silence";
  }
}
