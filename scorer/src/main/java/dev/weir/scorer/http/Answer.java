package dev.weir.scorer.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is answered to a request.
 *
 * @param status as HTTP has it
 * @param type of the body
 * @param body as bytes; never changed
 * @param tag tells versions of it apart, if a browser may keep it
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the network, never changed
public record Answer(int status, String type, byte[] body, Optional<String> tag) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** Text for people, in one line. */
  public static Answer plain(int status, String text) {
    return of(status, PLAIN, text + "\n");
  }

  /** Text that may be another one the next time. */
  public static Answer of(int status, String type, String text) {
    return new Answer(status, type, text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /** JSON that may be another one the next time. */
  public static Answer json(String json) {
    return of(200, "application/json; charset=utf-8", json);
  }
}
