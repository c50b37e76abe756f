package dev.weir.trainer.checkpoint;

/** Asks a training to end early and to keep where it is. For use by several threads. */
public final class StopRequest {
  private volatile boolean asked;
  private volatile boolean heard;

  /**
   * Asks.
   *
   * @return whether a training is under way that will end soon, with a checkpoint; if not, there is
   *     nothing to wait for
   */
  public boolean ask() {
    asked = true;
    return heard;
  }

  boolean isAsked() {
    return asked;
  }

  /** Says whether a training is under way that looks at requests. */
  void setHeard(boolean heard) {
    this.heard = heard;
  }
}
