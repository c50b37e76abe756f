package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * Who may read what is served: basic authentication (RFC 7617).
 *
 * @param user to log in with; without a colon
 * @param password of that user; best {@code ${env:NAME}}, {@code ${file:FILE:KEY}} or {@code
 *     ${dir:FOLDER:FILE}}, which are looked up when the scorer starts
 * @param openHealth whether anybody may ask for health, which says yes or no and nothing else
 */
public record HttpAuthConfig(String user, String password, Boolean openHealth) {

  public HttpAuthConfig {
    Check.present("user", user, "the name to log in with");
    if (user.contains(":")) {
      throw Check.refuse("user", "has a colon, which ends the name in basic authentication");
    }
    Check.present("password", password, "for example ${env:WEIR_HTTP_PASSWORD}");
    openHealth = Check.orElse(openHealth, true);
  }

  /** Without the password, so that no log has it. */
  @Override
  public String toString() {
    return "HttpAuthConfig[user=" + user + ", openHealth=" + openHealth + "]";
  }
}
