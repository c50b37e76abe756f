package dev.weir.trainer.network;

import ai.djl.engine.Engine;
import dev.weir.model.error.OperationFailedException;

/** DJL's PyTorch engine, set up so that it asks nothing of the network. */
public final class TorchEngine {
  private static final String NAME = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private TorchEngine() {}

  /**
   * Loads the engine on first use.
   *
   * @throws OperationFailedException if its native libraries are not there for this platform
   */
  static Engine get() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    if (System.getProperty(THREADS) == null) {
      // Batches of small networks are too little work to share: on a busy machine, threads that
      // wait for one another made the same training ten times slower.
      System.setProperty(THREADS, "1");
    }
    try {
      return Engine.getEngine(NAME);
    } catch (RuntimeException | LinkageError e) {
      throw new OperationFailedException(
          "PyTorch cannot be loaded on this platform ("
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch")
              + "): "
              + e.getMessage(),
          e);
    }
  }

  /** The version of PyTorch. */
  public static String version() {
    return get().getVersion();
  }
}
