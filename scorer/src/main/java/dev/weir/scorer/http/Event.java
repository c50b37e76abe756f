package dev.weir.scorer.http;

/**
 * One event of a stream of server-sent events.
 *
 * @param id by which a reader that comes back says what it has seen; null if it need not
 * @param name what kind of event it is
 * @param data in one line
 */
public record Event(String id, String name, String data) {

  /** An event that need not be asked for again. */
  public static Event of(String name, String data) {
    return new Event(null, name, data);
  }

  /** As it goes over the wire. */
  String text() {
    return (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
  }
}
