package dev.weir.broker;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka from ending the JVM. A broker in its own process answers a fatal fault by {@code
 * System.exit} or {@code Runtime.halt}; one that is a guest in another program must not.
 *
 * <p>Kafka holds these procedures in static fields. The guard is set once and never taken away,
 * since a thread of a broker that is going down may still call them.
 */
final class ExitGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ExitGuard.class);

  private ExitGuard() {}

  /** Makes Kafka's exits and halts log an error and throw {@link IllegalStateException} instead. */
  static void install() {
    Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
    Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
  }

  private static void refuse(String wish, int status, String message) {
    IllegalStateException refusal =
        new IllegalStateException(
            "The embedded Kafka broker met a fatal fault and asked to %s the JVM with status %d: %s"
                .formatted(wish, status, message == null ? "see the log above" : message));
    LOG.atError().addKeyValue("status", status).setCause(refusal).log("Kafka may not end this JVM");
    throw refusal;
  }
}
