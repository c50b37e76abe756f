package dev.weir.scorer.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.scorer.state.DamagedStateException;
import java.io.IOException;

/** How counts go from task to task, and how they are kept: a later Weir may add to it. */
final class DriftJson {
  private static final String WHAT = "what was counted for drift";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private DriftJson() {}

  static byte[] write(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was counted cannot be written", e);
    }
  }

  /**
   * Reads what was written.
   *
   * @throws DamagedStateException if it is not of the type
   */
  static <T> T read(byte[] bytes, Class<T> type) {
    try {
      T value = JSON.readValue(bytes, type);
      if (value == null) {
        throw new DamagedStateException(WHAT, "null where there should be " + type.getSimpleName());
      }
      return value;
    } catch (IOException e) {
      throw new DamagedStateException(WHAT, e);
    }
  }
}
