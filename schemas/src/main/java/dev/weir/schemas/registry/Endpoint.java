package dev.weir.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * One URL of a registry, with what is sent to it as {@code Authorization}.
 *
 * @param base scheme, host, port and path, without credentials and without a slash at the end: safe
 *     to log
 * @param authorization the header's value; {@link #toString()} leaves it out
 */
record Endpoint(String base, Optional<String> authorization) {

  /** Reads a URL; {@code user:password@} in it becomes the authorization. */
  static Endpoint parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // The exception would quote the URL, and with it a password, so it is not kept as a cause.
      throw unusable(url, "not a URL (" + e.getReason() + ")");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw unusable(url, "its scheme is not http, https or mock");
    }
    if (uri.getHost() == null) {
      throw unusable(url, "it names no host, or one with characters that a host may not have");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw unusable(url, "it has a query or a fragment");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath().replaceAll("/+$", "");
    return new Endpoint(
        scheme + "://" + uri.getHost() + port + path,
        Optional.ofNullable(uri.getUserInfo()).map(RegistryCredentials::basic));
  }

  /** The same URL with this authorization in place of its own. */
  Endpoint withAuthorization(String value) {
    return new Endpoint(base, Optional.of(value));
  }

  Endpoint withoutCredentials() {
    return new Endpoint(base, Optional.empty());
  }

  private static ConfigException unusable(String url, String why) {
    // All up to the last @ may be a secret, whatever the URL should have looked like.
    String shown = url.replaceFirst("^.*@", "…@");
    return new ConfigException(
        RegistryConfig.URL,
        shown,
        why + "; expected for example http://registry:8081, https://registry/path or mock://name");
  }

  @Override
  public String toString() {
    return base;
  }
}
