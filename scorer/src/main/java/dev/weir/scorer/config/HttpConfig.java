package dev.weir.scorer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.weir.model.config.Check;

/**
 * Where the console, metrics and health are served, and to whom.
 *
 * @param host to bind to; loopback if not given
 * @param port 0 for any free one
 * @param auth who may read; anybody who reaches the port if not given
 * @param tls the certificate; plain HTTP if not given
 * @param keptAlerts how many of the last alerts the console shows to one who opens it later
 */
public record HttpConfig(
    String host, Integer port, HttpAuthConfig auth, HttpTlsConfig tls, Integer keptAlerts) {
  /** Each page that is open holds as many; more is what the alerts topic is for. */
  private static final int MOST_ALERTS = 5_000;

  public static final HttpConfig DEFAULT = new HttpConfig(null, null);

  /** Plain HTTP for anybody. */
  public HttpConfig(String host, Integer port) {
    this(host, port, null, null, null);
  }

  @JsonCreator
  public HttpConfig {
    host = Check.orElse(host, "127.0.0.1");
    port = Check.orElse(port, 8080);
    if (port < 0 || port > 65_535) {
      throw Check.refuse("port", "is " + port + ", but must be 0 to 65535");
    }
    keptAlerts =
        Check.atMost(
            "keptAlerts",
            Check.atLeast("keptAlerts", Check.orElse(keptAlerts, 200), 1),
            MOST_ALERTS);
  }

  /** How its addresses begin. */
  public String scheme() {
    return tls == null ? "http" : "https";
  }
}
