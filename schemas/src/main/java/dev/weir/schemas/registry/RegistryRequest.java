package dev.weir.schemas.registry;

import java.util.Optional;

/**
 * One request to a registry, whichever of its URLs it goes to.
 *
 * @param purpose what it is for, to come after "cannot": "register the schema of subject x"
 * @param method GET, POST or PUT
 * @param path what follows the base URL, percent-encoded
 * @param body JSON to send
 * @param ifAbsent what to do if the registry says that there is no such thing
 */
record RegistryRequest(
    String purpose, String method, String path, Optional<String> body, String ifAbsent) {

  static RegistryRequest get(String purpose, String path, String ifAbsent) {
    return new RegistryRequest(purpose, "GET", path, Optional.empty(), ifAbsent);
  }

  static RegistryRequest post(String purpose, String path, String body, String ifAbsent) {
    return new RegistryRequest(purpose, "POST", path, Optional.of(body), ifAbsent);
  }

  static RegistryRequest put(String purpose, String path, String body, String ifAbsent) {
    return new RegistryRequest(purpose, "PUT", path, Optional.of(body), ifAbsent);
  }
}
