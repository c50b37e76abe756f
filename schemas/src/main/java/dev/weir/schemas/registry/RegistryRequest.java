package dev.weir.schemas.registry;

import java.util.Optional;

/**
 * One request to a registry, whichever of its URLs it goes to.
 *
 * @param purpose what it is for, to come after "cannot": "register the schema of subject x"
 * @param path what follows the base URL, percent-encoded
 * @param body JSON to post; a GET without it
 * @param ifAbsent what to do if the registry says that there is no such thing
 */
record RegistryRequest(String purpose, String path, Optional<String> body, String ifAbsent) {}
