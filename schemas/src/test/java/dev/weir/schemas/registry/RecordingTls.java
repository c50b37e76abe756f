package dev.weir.schemas.registry;

import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A provider of TLS that connects nowhere, and remembers with which random numbers it would. */
final class RecordingTls extends Provider {
  private static final long serialVersionUID = 1L;

  /** The algorithms, in the order in which contexts were set up; null for the JVM's own. */
  final transient List<String> randoms = new ArrayList<>();

  RecordingTls() {
    super("RecordingTls", "1", "TLS for tests");
    for (String protocol : List.of("TLS", "TLSv1.3", "TLSv1.2")) {
      putService(
          new Service(this, "SSLContext", protocol, Context.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new Context();
            }
          });
    }
  }

  private final class Context extends SSLContextSpi {
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      randoms.add(random == null ? null : random.getAlgorithm());
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return new SSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return new SSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException();
    }
  }
}
