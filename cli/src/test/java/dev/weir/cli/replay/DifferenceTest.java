package dev.weir.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private final AlarmSet published = new AlarmSet("published", 100);
  private final AlarmSet candidate = new AlarmSet("candidate", 100);

  @Test
  void shouldTakeTheSameRecordForTheSame() {
    published.add(record("a", 1, 1e-5));
    published.add(record("a", 2, 1e-6));
    candidate.add(record("a", 2, 1e-3));
    candidate.add(record("b", 3, 1e-3));

    Difference difference = Difference.of(published, candidate);

    assertThat(difference.publishedInBoth()).isEqualTo(1);
    assertThat(difference.candidateInBoth()).isEqualTo(1);
    assertThat(difference.onlyPublished()).extracting(Alarm::offset).containsExactly(1L);
    assertThat(difference.onlyCandidate()).extracting(Alarm::key).containsExactly("b");
  }

  @Test
  void shouldTakeWhatWasPublishedTwiceForOne() {
    published.add(record("a", 1, 1e-5));
    published.add(record("a", 1, 1e-5));

    Difference difference = Difference.of(published, candidate);

    assertThat(difference.published()).isEqualTo(1);
    assertThat(difference.publishedAlerts()).isEqualTo(2);
  }

  @Test
  void shouldTakeIncidentsOfAKeyThatOverlapForTheSame() {
    // One that opened earlier and closed later; another of the same key hours after
    published.add(incident("a", AlertStatus.OPENED, 10, 10, 10));
    published.add(incident("a", AlertStatus.UPDATED, 10, 20, 20));
    published.add(incident("a", AlertStatus.CLOSED, 10, 12, 30));
    published.add(incident("a", AlertStatus.OPENED, 500, 500, 500));
    candidate.add(incident("a", AlertStatus.OPENED, 25, 25, 25));
    candidate.add(incident("b", AlertStatus.OPENED, 500, 500, 500));

    Difference difference = Difference.of(published, candidate);

    assertThat(difference.published()).isEqualTo(2);
    assertThat(difference.publishedAlerts()).isEqualTo(4);
    assertThat(difference.publishedInBoth()).isEqualTo(1);
    assertThat(difference.onlyPublished()).extracting(Alarm::from).containsExactly(500L);
    assertThat(difference.onlyCandidate()).extracting(Alarm::key).containsExactly("b");
  }

  @Test
  void shouldFindARecordInAnIncidentOfItsKey() {
    published.add(incident("a", AlertStatus.OPENED, 10, 10, 10));
    published.add(incident("a", AlertStatus.CLOSED, 10, 10, 40));
    candidate.add(record("a", 20, 1e-5));
    candidate.add(record("a", 41, 1e-5));

    Difference difference = Difference.of(published, candidate);

    assertThat(difference.publishedInBoth()).isEqualTo(1);
    assertThat(difference.candidateInBoth()).isEqualTo(1);
    assertThat(difference.onlyCandidate()).extracting(Alarm::offset).containsExactly(41L);
  }

  @Test
  void shouldNotTakeASilenceForAnAnomaly() {
    published.add(
        alert("a", 10, 10, Double.NaN)
            .setKind(AlertKind.SILENCE)
            .setStatus(AlertStatus.OPENED)
            .setIncidentId("p:metrics:0:10:silence")
            .setIncidentStart(Instant.ofEpochMilli(10))
            .build());
    candidate.add(record("a", 10, 1e-5));

    Difference difference = Difference.of(published, candidate);

    assertThat(difference.publishedInBoth()).isZero();
    assertThat(difference.candidateInBoth()).isZero();
  }

  @Test
  void shouldListTheLeastProbableFirst() {
    candidate.add(record("a", 1, 1e-4));
    candidate.add(record("a", 2, 1e-9));
    candidate.add(record("a", 3, 1e-6));

    assertThat(Difference.of(published, candidate).onlyCandidate())
        .extracting(Alarm::offset)
        .containsExactly(2L, 3L, 1L);
  }

  @Test
  void shouldRefuseMoreThanItCanHold() {
    AlarmSet small = new AlarmSet("published", 2);
    small.add(record("a", 1, 1e-5));
    small.add(record("a", 2, 1e-5));

    assertThatThrownBy(() -> small.add(record("a", 3, 1e-5)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 2 published alerts")
        .hasMessageContaining("--from");
  }

  private static Alert record(String key, long offset, double probability) {
    return alert(key, offset, offset, probability).setStatus(AlertStatus.RECORD).build();
  }

  private static Alert incident(
      String key, AlertStatus status, long opened, long offset, long time) {
    return alert(key, offset, time, 1e-5)
        .setStatus(status)
        .setIncidentId("p:metrics:0:" + opened)
        .setIncidentStart(Instant.ofEpochMilli(opened))
        .build();
  }

  private static Alert.Builder alert(String key, long offset, long time, double probability) {
    return Alert.newBuilder()
        .setId("p:metrics:0:" + offset)
        .setKey(key)
        .setEventTime(Instant.ofEpochMilli(time))
        .setDetectionTime(Instant.ofEpochMilli(time))
        .setPipeline("p")
        .setModelName("tiny")
        .setModelVersion("1")
        .setModelFamily("autoencoder")
        .setScore(20)
        .setThreshold(11)
        .setProbability(probability)
        .setFalseAlarmRate(1e-4)
        .setSeverity(Severity.LOW)
        .setContributions(List.of())
        .setSourceTopic("metrics")
        .setSourcePartition(0)
        .setSourceOffset(offset)
        .setKind(AlertKind.ANOMALY);
  }
}
