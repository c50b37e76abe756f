package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * The certificate that is shown: two PEM files, or a key store.
 *
 * @param certificate PEM file of the certificate, with those that signed it after it
 * @param key PEM file of its private key, PKCS 8
 * @param keystore instead of both: a PKCS 12 or JKS file
 * @param password of the key store, or of an encrypted key; may be looked up as that of {@link
 *     HttpAuthConfig}
 */
public record HttpTlsConfig(String certificate, String key, String keystore, String password) {

  public HttpTlsConfig {
    if (keystore == null) {
      Check.present(
          "certificate", certificate, "a PEM file, with 'key'; or 'keystore', a PKCS 12 file");
      Check.present("key", key, "the PEM file of the certificate's private key");
    } else {
      if (certificate != null || key != null) {
        throw Check.refuse(
            "keystore", "stands beside 'certificate' or 'key'; have the one or the others");
      }
      Check.present("password", password, "the key store's, for example ${env:WEIR_TLS_PASSWORD}");
    }
  }

  /** Without the password, so that no log has it. */
  @Override
  public String toString() {
    return "HttpTlsConfig[" + (keystore == null ? certificate : keystore) + "]";
  }
}
