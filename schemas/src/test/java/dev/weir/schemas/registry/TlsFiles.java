package dev.weir.schemas.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that the JDK's keytool makes for a test, each once. */
record TlsFiles(Path folder) {
  static final String PASSWORD = "changeit";

  /** A key with a certificate that it has signed itself, for one host. */
  Path keyStore(String name, String type, String subjectAlternative) throws Exception {
    Path store = folder.resolve(name + "." + type);
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "san=" + subjectAlternative,
        "-keystore",
        store.toString(),
        "-storetype",
        type,
        "-storepass",
        PASSWORD,
        "-keypass",
        PASSWORD);
    return store;
  }

  /** The certificate of a key store, in PEM. */
  Path certificate(Path keyStore) throws Exception {
    Path pem = folder.resolve(keyStore.getFileName() + ".pem");
    if (Files.exists(pem)) {
      return pem;
    }
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        alias(keyStore),
        "-keystore",
        keyStore.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        pem.toString());
    return pem;
  }

  /** A trust store that holds the certificate of a key store. */
  Path trustStore(Path keyStore, String type) throws Exception {
    Path store = folder.resolve(keyStore.getFileName() + "-trust." + type);
    if (Files.exists(store)) {
      return store;
    }
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "trusted",
        "-file",
        certificate(keyStore).toString(),
        "-keystore",
        store.toString(),
        "-storetype",
        type,
        "-storepass",
        PASSWORD);
    return store;
  }

  /** Key and certificate of a key store in one PEM file, the key in the clear. */
  Path pemKeyStore(Path keyStore) throws Exception {
    byte[] key = load(keyStore).getKey(alias(keyStore), PASSWORD.toCharArray()).getEncoded();
    Path pem = folder.resolve(keyStore.getFileName() + "-key.pem");
    String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    Files.writeString(
        pem,
        "-----BEGIN PRIVATE KEY-----\n"
            + encoded
            + "\n-----END PRIVATE KEY-----\n"
            + Files.readString(certificate(keyStore)));
    return pem;
  }

  /** What a server uses that shows the one and trusts the other. */
  static SSLContext serverContext(Path keyStore, Path trustStore) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(load(keyStore), PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(load(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static String alias(Path store) throws IOException, GeneralSecurityException {
    return load(store).aliases().nextElement();
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }
}
