package dev.weir.benchmarks.quality;

import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.search.Judgement;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows one measurement: on a terminal how far the training is, and in the end a line anywhere. */
final class RunConsole implements TrainingProgress {
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final String what;
  private long drawn = System.nanoTime();

  RunConsole(PrintWriter out, boolean terminal, String what) {
    this.out = out;
    this.terminal = terminal;
    this.what = what;
  }

  @Override
  public void step(String step) {}

  @Override
  public void reading(long rows) {}

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    long now = System.nanoTime();
    if (terminal && now - drawn > REDRAW_NANOS) {
      drawn = now;
      out.print(CLEAR + "  " + what + ": epoch " + epoch + "/" + ofEpochs);
      out.flush();
    }
  }

  @Override
  public void epoch(EpochReport report) {}

  @Override
  public void warning(String message) {
    line("  " + what + ": note: " + message);
  }

  void done(QualitySet set, Outcome outcome) {
    StringBuilder text = new StringBuilder("  " + what + ":");
    for (Metric metric : set.metrics()) {
      text.append(' ')
          .append(metric.key())
          .append(' ')
          .append(String.format(Locale.ROOT, "%.4g", outcome.metrics().get(metric)))
          .append(',');
    }
    line(
        text
            + String.format(
                Locale.ROOT, " %.1f s", outcome.fit().plus(outcome.score()).toMillis() / 1000.0));
  }

  void judged(Judgement judgement, Duration fitted) {
    String kinds =
        judgement.rocAucByKind().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                kind ->
                    String.format(Locale.ROOT, "%s %.4f", kind.getKey().title(), kind.getValue()))
            .collect(Collectors.joining(", "));
    line(
        String.format(
            Locale.ROOT,
            "  %s: %.4f (%s), %.1f s",
            what,
            judgement.overall().rocAuc(),
            kinds,
            fitted.toMillis() / 1000.0));
  }

  void failed(Exception e) {
    line("  " + what + ": failed: " + e.getMessage());
  }

  private void line(String text) {
    out.println((terminal ? CLEAR : "") + text);
    out.flush();
  }
}
