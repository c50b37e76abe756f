package dev.weir.scorer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.model.config.Check;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model runs on, written {@code cpu}, {@code auto}, {@code gpu} or {@code gpu:N}.
 *
 * @param kind whether it must be a GPU, may be one, or must not
 * @param index which GPU, as CUDA counts them, from 0 on; 0 without meaning for a CPU
 */
public record ComputeDevice(Kind kind, int index) {
  /** The default: on networks of Weir's size a core is done before a GPU has the rows. */
  public static final ComputeDevice CPU = new ComputeDevice(Kind.CPU, 0);

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** How much a GPU is wanted. */
  public enum Kind {
    /** Not at all. */
    CPU,
    /** If one can be used. */
    AUTO,
    /** Rather not to start than to go without. */
    GPU
  }

  /** Reads what a config says. */
  @JsonCreator
  public static ComputeDevice parse(String text) {
    Matcher gpu = GPU.matcher(text);
    if (gpu.matches()) {
      return new ComputeDevice(Kind.GPU, gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
    }
    return switch (text) {
      case "cpu" -> CPU;
      case "auto" -> new ComputeDevice(Kind.AUTO, 0);
      default ->
          throw Check.refuse(
              "device", "is '" + text + "', but must be cpu, auto, gpu or gpu:N, such as gpu:1");
    };
  }

  @JsonValue
  @Override
  public String toString() {
    return switch (kind) {
      case CPU -> "cpu";
      case AUTO -> "auto";
      case GPU -> "gpu:" + index;
    };
  }
}
