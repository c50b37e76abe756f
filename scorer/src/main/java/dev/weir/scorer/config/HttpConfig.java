package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * Where metrics and health are served.
 *
 * @param host to bind to; loopback if not given
 * @param port 0 for any free one
 */
public record HttpConfig(String host, Integer port) {
  public static final HttpConfig DEFAULT = new HttpConfig(null, null);

  public HttpConfig {
    host = Check.orElse(host, "127.0.0.1");
    port = Check.orElse(port, 8080);
    if (port < 0 || port > 65_535) {
      throw Check.refuse("port", "is " + port + ", but must be 0 to 65535");
    }
  }
}
