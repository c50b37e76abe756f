/** Where a config's secrets are, if it does not say them itself. */
package dev.weir.schemas.secret;
