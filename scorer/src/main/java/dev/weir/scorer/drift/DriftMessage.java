package dev.weir.scorer.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What a task has counted since its last message.
 *
 * @param task that counted
 * @param id of the reference that it is held against
 * @param reference with the first message of a task; otherwise null
 * @param reminder the same in a later message, now and then, for a monitor that has lost it; must
 *     not take the place of another one, whose task may be the one with the newer model
 * @param newest time of the task's records so far
 * @param slices by the time at which they begin
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DriftMessage(
    String task,
    String id,
    DriftReference reference,
    DriftReference reminder,
    long newest,
    Map<Long, DriftCounts> slices) {
  DriftMessage {
    if (task == null || id == null || slices == null || slices.isEmpty()) {
      throw new IllegalArgumentException("a message has a task, an id and slices");
    }
  }
}
