package dev.weir.cli.console;

import dev.weir.trainer.network.CandidateReport;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows a training: a bar that moves on a terminal, and a line every so often elsewhere.
 *
 * <p>Every line says epoch, loss, validation loss, rows a second and the time that is left at most.
 * Of a search there is a table of all candidates, drawn over, and a line for each elsewhere.
 */
public final class TrainingConsole implements TrainingProgress {
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LINE_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private EpochReport last;
  private EpochReport best;
  private long trainingNanos;
  private long drawn = System.nanoTime();
  private boolean onBar;
  private int tableLines;
  private final BitSet said = new BitSet();

  /**
   * Writes to a stream.
   *
   * @param terminal whether a line can be drawn over
   */
  public TrainingConsole(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void step(String what) {
    line("  " + what);
  }

  @Override
  public void warning(String message) {
    line("  note: " + message);
  }

  @Override
  public void reading(long rows) {
    String text = "  " + Numbers.count(rows) + " rows read";
    redraw(() -> text);
    if (!terminal && System.nanoTime() - drawn > LINE_NANOS) {
      drawn = System.nanoTime();
      line(text);
    }
  }

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    redraw(() -> bar(epoch - 1 + (double) rowsDone / rows, epoch, ofEpochs));
  }

  @Override
  public void candidates(List<CandidateReport> candidates) {
    if (terminal) {
      String up = tableLines == 0 ? "" : "\u001b[" + tableLines + "A";
      out.print("\r" + up + "\u001b[J");
      onBar = false;
      SearchTable.lines(candidates).forEach(out::println);
      out.flush();
      tableLines = candidates.size() + 1;
      return;
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (!said.get(i) && SearchTable.isOver(candidates.get(i))) {
        said.set(i);
        line(SearchTable.line(i + 1, candidates.size(), candidates.get(i)));
      }
    }
  }

  /** Draws over the terminal's last line, if it is time. */
  private void redraw(Supplier<String> text) {
    long now = System.nanoTime();
    if (terminal && now - drawn > REDRAW_NANOS) {
      drawn = now;
      onBar = true;
      out.print("\r\u001b[K" + text.get());
      out.flush();
    }
  }

  @Override
  public void epoch(EpochReport report) {
    last = report;
    best = report.best() ? report : best;
    trainingNanos += report.took().toNanos();
    long now = System.nanoTime();
    if (!terminal && (report.epoch() == 1 || now - drawn > LINE_NANOS)) {
      drawn = now;
      line(bar(report.epoch(), report.epoch(), report.ofEpochs()));
    }
  }

  private String bar(double epochsDone, int epoch, int ofEpochs) {
    int filled = (int) (BAR * epochsDone / ofEpochs);
    StringBuilder text = new StringBuilder("  epoch ");
    text.append(epoch).append('/').append(ofEpochs).append(" [");
    text.append("=".repeat(filled)).append(" ".repeat(BAR - filled)).append(']');
    if (last != null) {
      double left = (double) trainingNanos / last.epoch() * (ofEpochs - epochsDone);
      text.append(
          String.format(
              Locale.ROOT,
              " loss %.4f, validation %.4f, %,.0f rows/s, %s left at most",
              last.loss(),
              last.validationLoss(),
              last.rowsPerSecond(),
              Numbers.duration(Duration.ofNanos((long) left))));
    }
    return text.toString();
  }

  private void line(String text) {
    if (onBar) {
      out.print("\r\u001b[K");
      onBar = false;
    }
    out.println(text);
    out.flush();
    tableLines = 0;
  }

  /** Says how the training ended. */
  public void finish() {
    if (last == null || best == null) {
      return;
    }
    boolean early = last.epoch() < last.ofEpochs();
    line(
        String.format(
            Locale.ROOT,
            "  trained %d epochs%s; best was epoch %d, validation loss %.4f; took %s in all",
            last.epoch(),
            early ? " (stopped early: the validation loss no longer fell)" : "",
            best.epoch(),
            best.validationLoss(),
            Numbers.duration(Duration.ofNanos(System.nanoTime() - started))));
  }
}
