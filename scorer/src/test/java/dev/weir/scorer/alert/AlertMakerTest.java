package dev.weir.scorer.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.schemas.Alert;
import dev.weir.schemas.Severity;
import dev.weir.scorer.config.AlertConfig;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertMakerTest {
  private static final RecordSource SOURCE = new RecordSource("metrics", 3, 42, "host-1", 1_000);
  private static final Verdict VERDICT = verdict(OptionalInt.empty());

  private final AlertMaker alerts = new AlertMaker("fleet");

  private Alert alert(Verdict verdict, RecordSource source, Instant now) {
    List<Notice> notices = new AlertPolicy("fleet", AlertConfig.DEFAULT).onRecord(source, verdict);
    assertThat(notices).hasSize(1);
    return alerts.alert(notices.get(0), verdict.model(), now);
  }

  private static Verdict verdict(OptionalInt cell) {
    ModelIdentity model =
        new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(1e-3, 11));
    return new Verdict(model, 12, 1e-5, true, false, List.of(), cell);
  }

  @Test
  void shouldGiveARecordThatIsScoredAgainTheSameId() {
    Alert first = alert(VERDICT, SOURCE, Instant.ofEpochMilli(2_000));
    Alert second = alert(VERDICT, SOURCE, Instant.ofEpochMilli(9_000));

    assertThat(first.getId()).isEqualTo("fleet:metrics:3:42").isEqualTo(second.getId());
    assertThat(first.getDetectionTime()).isNotEqualTo(second.getDetectionTime());
  }

  @Test
  void shouldSayWhatItWasJudgedBy() {
    Alert alert = alert(VERDICT, SOURCE, Instant.ofEpochMilli(2_000));

    assertThat(alert.getThreshold()).isEqualTo(11);
    assertThat(alert.getFalseAlarmRate()).isEqualTo(1e-3);
    assertThat(alert.getSeverity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldSayWhichCellOfAMapItFellInto() {
    Verdict onMap = verdict(OptionalInt.of(37));

    assertThat(alert(onMap, SOURCE, Instant.EPOCH).getSomCell()).isEqualTo(37);
    assertThat(alert(VERDICT, SOURCE, Instant.EPOCH).getSomCell()).isNull();
  }

  @Test
  void shouldTakeARecordWithoutAKey() {
    RecordSource keyless = new RecordSource("metrics", 0, 1, null, 0);

    assertThat(alert(VERDICT, keyless, Instant.EPOCH).getKey()).isNull();
    assertThat(alerts.scored(VERDICT, keyless).getKey()).isNull();
  }
}
