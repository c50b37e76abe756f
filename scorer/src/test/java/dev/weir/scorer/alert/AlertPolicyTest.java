package dev.weir.scorer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.config.ConfigReader;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.scorer.config.AlertConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
  private static final long MINUTE = 60_000;
  private static final ModelIdentity MODEL =
      new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(1e-3, 11));

  private final List<Notice> heard = new ArrayList<>();
  private KeyWatch watch = new KeyWatch();
  private int suppressed;
  private long offset;

  private static AlertPolicy policy(String... settings) {
    return new AlertPolicy("fleet", ConfigReader.of(List.of(settings), AlertConfig.class));
  }

  /** A record so many minutes after the beginning. */
  private void record(AlertPolicy policy, double minute, double probability) {
    RecordSource source =
        new RecordSource("metrics", 0, offset++, "host", (long) (minute * MINUTE));
    AlertPolicy.Outcome outcome =
        policy.onRecord(watch, source, verdict(probability), source.eventMillis());
    heard.addAll(outcome.notices());
    suppressed += outcome.suppressed();
  }

  private void anomaly(AlertPolicy policy, double minute) {
    record(policy, minute, 1e-5);
  }

  private void normal(AlertPolicy policy, double minute) {
    record(policy, minute, 0.5);
  }

  private static Verdict verdict(double probability) {
    return new Verdict(
        MODEL, 12, probability, probability < 1e-3, false, List.of(), OptionalInt.empty());
  }

  private List<String> story() {
    return heard.stream()
        .map(notice -> notice.status() + "@" + notice.eventMillis() / (double) MINUTE)
        .toList();
  }

  @Test
  void shouldMakeEachAnomalousRecordAnAlertWithoutIncidents() {
    AlertPolicy policy = policy("topFeatures=5");

    assertThat(policy.needsWatch()).isFalse();
    assertThat(policy.onRecord(new RecordSource("m", 1, 2, "k", 3), verdict(1e-9)))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.status()).isEqualTo(AlertStatus.RECORD);
              assertThat(notice.id()).isEqualTo("fleet:m:1:2");
              assertThat(notice.incidentId()).isNull();
              assertThat(notice.anomalies()).isEqualTo(1);
            });
    assertThat(policy.onRecord(new RecordSource("m", 1, 2, "k", 3), verdict(0.1))).isEmpty();
  }

  @Test
  void shouldOpenAfterSoManyAmongTheLastRecords() {
    AlertPolicy policy = policy("incidents.openAfter=3", "incidents.among=5");

    anomaly(policy, 0);
    normal(policy, 1);
    normal(policy, 2);
    anomaly(policy, 3);
    normal(policy, 4);
    // The first one is no longer among the last five.
    anomaly(policy, 5);
    assertThat(heard).isEmpty();
    anomaly(policy, 6);

    assertThat(story()).containsExactly("OPENED@6.0");
    assertThat(heard.get(0).id())
        .isEqualTo("fleet:metrics:0:6")
        .isEqualTo(heard.get(0).incidentId());
    assertThat(heard.get(0).anomalies()).isEqualTo(3);
  }

  @Test
  void shouldUpdateNowAndThenAndCloseAfterAQuietTime() {
    AlertPolicy policy =
        policy("incidents.openAfter=1", "incidents.updateEvery=5m", "incidents.closeAfter=10m");

    for (int minute = 0; minute <= 12; minute++) {
      anomaly(policy, minute);
    }
    for (int minute = 13; minute <= 30; minute++) {
      normal(policy, minute);
    }

    assertThat(story()).containsExactly("OPENED@0.0", "UPDATED@5.0", "UPDATED@10.0", "CLOSED@22.0");
    assertThat(heard).extracting(Notice::incidentId).containsOnly("fleet:metrics:0:0");
    assertThat(heard).extracting(Notice::id).doesNotHaveDuplicates();
    assertThat(heard.get(3).anomalies()).isEqualTo(13);
    assertThat(heard.get(3).openedMillis()).isZero();
  }

  @Test
  void shouldCloseWithTheLeastProbableRecord() {
    AlertPolicy policy = policy("incidents.openAfter=1");

    record(policy, 0, 1e-4);
    record(policy, 1, 1e-9);
    record(policy, 2, 1e-5);
    normal(policy, 30);

    assertThat(heard.get(1).status()).isEqualTo(AlertStatus.CLOSED);
    assertThat(heard.get(1).evidence().probability()).isEqualTo(1e-9);
    assertThat(heard.get(1).evidence().source().offset()).isEqualTo(1);
  }

  @Test
  void shouldCloseWhenTimeGoesOnWithoutRecords() {
    AlertPolicy policy = policy("incidents.openAfter=1", "incidents.closeAfter=10m");
    anomaly(policy, 0);

    assertThat(policy.deadline(watch)).hasValue(10 * MINUTE);
    assertThat(policy.onTime(watch, 10 * MINUTE - 1).notices()).isEmpty();
    assertThat(policy.onTime(watch, 17 * MINUTE).notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.eventMillis()).isEqualTo(10 * MINUTE));
    assertThat(policy.deadline(watch)).isEmpty();
  }

  @Test
  void shouldNotOpenAgainWhileItCoolsDown() {
    AlertPolicy policy =
        policy("incidents.openAfter=1", "incidents.closeAfter=1m", "incidents.cooldown=5m");

    anomaly(policy, 0);
    // Closed at 1, cooling down until 6.
    anomaly(policy, 2);
    anomaly(policy, 5.9);
    anomaly(policy, 6);

    assertThat(story()).containsExactly("OPENED@0.0", "CLOSED@1.0", "OPENED@6.0");
    assertThat(suppressed).isEqualTo(2);
  }

  @Test
  void shouldNotRaiseMoreAlertsInAnHourThanAllowed() {
    AlertPolicy policy =
        policy(
            "incidents.openAfter=1",
            "incidents.closeAfter=1m",
            "incidents.maxPerHour=2",
            "incidents.updateEvery=1ms");

    for (int i = 0; i < 10; i++) {
      anomaly(policy, i * 5);
    }
    assertThat(story()).containsExactly("OPENED@0.0", "CLOSED@1.0", "OPENED@5.0", "CLOSED@6.0");
    assertThat(suppressed).isEqualTo(8);

    // And in the next hour again
    anomaly(policy, 61);
    assertThat(story()).last().isEqualTo("OPENED@61.0");
  }

  @Test
  void shouldTakeALateRecordForANewOne() {
    AlertPolicy policy = policy("incidents.openAfter=1", "incidents.closeAfter=10m");

    anomaly(policy, 20);
    anomaly(policy, 3);

    assertThat(story()).containsExactly("OPENED@20.0");
    assertThat(policy.deadline(watch)).hasValue(30 * MINUTE);
  }

  @Test
  void shouldSayThatAKeyIsSilentAtTheOnsetAndWhenItIsBack() {
    AlertPolicy policy = policy("silence.after=5m");

    normal(policy, 0);
    normal(policy, 1);
    heard.addAll(policy.onTime(watch, 9 * MINUTE).notices());
    assertThat(policy.onTime(watch, 12 * MINUTE).notices()).isEmpty();
    normal(policy, 20);

    assertThat(story()).containsExactly("OPENED@6.0", "CLOSED@20.0");
    assertThat(heard).extracting(Notice::kind).containsOnly(AlertKind.SILENCE);
    assertThat(heard).extracting(Notice::incidentId).containsOnly("fleet:metrics:0:1:silence");
    assertThat(heard.get(0).allowedMillis()).isEqualTo(5 * MINUTE);
    assertThat(heard.get(1).silentMillis()).isEqualTo(19 * MINUTE);
  }

  @Test
  void shouldNoticeASilenceAtItsEndIfNobodyLookedBefore() {
    AlertPolicy policy = policy("silence.after=5m");

    normal(policy, 0);
    normal(policy, 20);

    assertThat(story()).containsExactly("OPENED@5.0", "CLOSED@20.0");
  }

  @Test
  void shouldGoByAKeysOwnRhythm() {
    AlertPolicy policy = policy("silence.factor=4", "silence.minimum=1m");

    // Every half a minute: nothing is known of a rhythm before ten gaps.
    for (int i = 0; i < 10; i++) {
      normal(policy, i * 0.5);
    }
    assertThat(policy.deadline(watch)).isEmpty();
    normal(policy, 5);
    assertThat(policy.deadline(watch)).hasValue(7 * MINUTE);

    // A key that is faster is given the minimum.
    watch = new KeyWatch();
    for (int i = 0; i < 20; i++) {
      normal(policy, i / 60.0);
    }
    assertThat(policy.deadline(watch)).hasValue(watch.lastSeen + MINUTE);
  }

  @Test
  void shouldGoOnFromWhatWasKept() {
    AlertPolicy policy =
        policy(
            "incidents.openAfter=2",
            "incidents.among=4",
            "incidents.updateEvery=3m",
            "incidents.closeAfter=4m",
            "incidents.cooldown=2m",
            "incidents.maxPerHour=5",
            "silence.after=7m");
    Random random = new Random(3);
    List<Double> minutes = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    double minute = 0;
    for (int i = 0; i < 500; i++) {
      minute += random.nextInt(20) == 0 ? 9 : random.nextDouble();
      minutes.add(minute);
      probabilities.add(random.nextInt(3) == 0 ? 1e-5 * random.nextDouble() : 0.5);
    }

    // When
    for (int i = 0; i < 500; i++) {
      record(policy, minutes.get(i), probabilities.get(i));
    }
    List<Notice> first = List.copyOf(heard);
    heard.clear();
    offset = 0;
    watch = new KeyWatch();
    for (int i = 0; i < 500; i++) {
      watch = KeyWatch.of(watch.toBytes());
      record(policy, minutes.get(i), probabilities.get(i));
    }

    // Then
    assertThat(heard).isEqualTo(first).hasSizeGreaterThan(50);
  }

  @Test
  void shouldReadWhatALaterWeirHasAddedTo() {
    KeyWatch read =
        KeyWatch.of("{\"lastSeen\": 5, \"mood\": \"calm\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(read.lastSeen()).isEqualTo(5);
    assertThat(read.isSilent()).isFalse();
    assertThat(KeyWatch.of(null).isBegun()).isFalse();
  }

  /** A device that comes and goes. */
  @Test
  void shouldHoldBackWhatIsTooMuchOfSilence() {
    AlertPolicy policy =
        policy("silence.after=1m", "incidents.maxPerHour=2", "incidents.openAfter=9");

    for (int i = 0; i < 10; i++) {
      normal(policy, i * 5);
    }

    assertThat(story()).containsExactly("OPENED@1.0", "CLOSED@5.0", "OPENED@6.0", "CLOSED@10.0");
    assertThat(suppressed).isEqualTo(7);
    normal(policy, 65);
    normal(policy, 70);
    assertThat(story()).hasSize(6).endsWith("OPENED@66.0", "CLOSED@70.0");
  }

  @Test
  void shouldHoldBackWhatIsTooMuchOfSilenceWithoutIncidents() {
    AlertPolicy policy = policy("silence.after=1m");

    for (int i = 0; i < 30; i++) {
      normal(policy, i * 2);
    }

    assertThat(heard).filteredOn(notice -> notice.status() == AlertStatus.OPENED).hasSize(12);
    assertThat(suppressed).isEqualTo(17);
  }

  @Test
  void shouldCloseWhatIsOpenOfAKeyThatIsNoMore() {
    AlertPolicy policy = policy("silence.after=10m", "incidents.openAfter=1");
    assertThat(policy.onEnd(watch, MINUTE)).isEmpty();
    anomaly(policy, 1);
    assertThat(policy.onEnd(watch, 2 * MINUTE))
        .extracting(Notice::status, Notice::eventMillis)
        .containsExactly(tuple(AlertStatus.CLOSED, 2 * MINUTE));
  }
}
