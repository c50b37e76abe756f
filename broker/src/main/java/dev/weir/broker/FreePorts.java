package dev.weir.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Finds TCP ports of the loopback address that nobody listens on.
 *
 * <p>They are taken from below the range that operating systems give to outgoing connections. While
 * a broker is down between two starts, a client that keeps trying to reach it could otherwise be
 * given that very port for its own end of the connection, and the broker could not come back.
 */
final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 29_999;
  private static final int TRIES = 200;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private FreePorts() {}

  /**
   * A port that was free a moment ago; somebody else may take it before the caller does.
   *
   * @throws IllegalStateException if none was found
   */
  static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (!inUse(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "No free port on %s between %d and %d in %d tries"
            .formatted(NodeSettings.HOST, LOWEST, HIGHEST, TRIES));
  }

  /** Whether a server cannot listen on this port now. */
  static boolean inUse(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether a start failed since a port was in use. */
  static boolean taken(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }
}
