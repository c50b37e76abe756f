package dev.weir.scorer.http;

import dev.weir.scorer.config.HttpAuthConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * Basic authentication (RFC 7617), in UTF-8.
 *
 * <p>What is sent is compared in a time that does not depend on how much of it is right. Holds no
 * password, only a digest. Thread-safe.
 */
final class BasicAuth {
  /** What a browser needs to be told to ask for a name and a password. */
  static final String CHALLENGE = "Basic realm=\"weir\", charset=\"UTF-8\"";

  private static final String SCHEME = "basic ";

  private final byte[] expected;
  private final boolean openHealth;

  /** With the password as it is to be sent. */
  BasicAuth(HttpAuthConfig config, String password) {
    expected = digest((config.user() + ":" + password).getBytes(StandardCharsets.UTF_8));
    openHealth = config.openHealth();
  }

  /**
   * Whether a request may be answered.
   *
   * @param authorization the header as it was sent; null if it was not
   */
  boolean allows(String path, String authorization) {
    return (openHealth && path.startsWith("/health/")) || isRight(authorization);
  }

  private boolean isRight(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] sent;
    try {
      sent = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).trim());
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(expected, digest(sent));
  }

  /** Of equal length for all, so that not even the length of what is right can be measured. */
  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
