package dev.weir.scorer.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.ComputeDevice;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How ONNX Runtime is set up, on a CPU and on a GPU, in DJL's words. */
final class Sessions {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  /** The stream threads are the parallelism: a session's own threads would compete with them. */
  static final Map<String, String> ON_CPU =
      Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

  /**
   * That there is no GPU is a fact of the process: one line, however many models are loaded. To be
   * seen by tests, which share a process.
   */
  static final AtomicBoolean WARNED = new AtomicBoolean();

  private Sessions() {}

  /**
   * A session on a GPU. To be closed once the model is loaded.
   *
   * @param options what DJL has no words for
   */
  record OnGpu(ComputeDevice device, SessionOptions options) implements AutoCloseable {

    Map<String, Object> settings() {
      Map<String, Object> settings = new HashMap<>(ON_CPU);
      // Otherwise memory grows where one session runs on several threads (onnxruntime #29351).
      settings.put("memoryPatternOptimization", "false");
      settings.put("sessionOptions", options);
      return settings;
    }

    @Override
    public void close() {
      options.close();
    }
  }

  /**
   * Sets up a session with CUDA.
   *
   * @throws OperationFailedException if ONNX Runtime has no CUDA, or cannot load it
   */
  static OnGpu onGpu(int index) {
    try {
      SessionOptions options = new SessionOptions();
      try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
        // TF32 keeps 10 bits of the mantissa: scores would not be those that were calibrated.
        cuda.add("use_tf32", "0");
        options.addCUDA(cuda);
      } catch (OrtException | RuntimeException | Error e) {
        options.close();
        throw e;
      }
      return new OnGpu(new ComputeDevice(ComputeDevice.Kind.GPU, index), options);
    } catch (OrtException | UnsatisfiedLinkError e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is missing, and what has to be there. */
  static String need(String problem) {
    return problem
        + " (needed: a build with the profile gpu, which WEIR_GPU=1 bin/weir makes; an NVIDIA GPU"
        + " with its driver; the libraries of CUDA 12 and cuDNN 9 where LD_LIBRARY_PATH says)";
  }

  static void warnOfNoGpu(String problem) {
    if (WARNED.compareAndSet(false, true)) {
      log.warn("no GPU can be used, scoring on the CPU: {}", need(problem));
    }
  }
}
