package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.net.ConnectException;

/** Turns what a registry answered, or that it did not, into an exception that says what to do. */
final class RegistryFailures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_QUOTED = 500;

  private RegistryFailures() {}

  /** Whether the same request may succeed elsewhere or later. */
  static boolean isPassing(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  /** The exception for an answer other than success. */
  static SchemaRegistryException refused(
      RegistryRequest request, Endpoint endpoint, int status, String body) {
    JsonNode error = parse(body);
    int code = error.path("error_code").asInt(0);
    Kind kind = kind(status, code);
    String told = error.path("message").asText("");
    String message =
        "cannot %s at %s: status %d%s%s. %s"
            .formatted(
                request.purpose(),
                endpoint.base(),
                status,
                code == 0 ? "" : ", error code " + code,
                told.isEmpty() ? "" : ", \"" + quoted(told) + "\"",
                advice(kind, status, code, request));
    return new SchemaRegistryException(kind, status, code, message);
  }

  /** The exception for a request that got no answer from any URL in time. */
  static SchemaRegistryException unanswered(
      RegistryRequest request, Endpoint endpoint, Throwable cause) {
    return new SchemaRegistryException(
        Kind.UNAVAILABLE,
        0,
        0,
        "cannot %s at %s: %s. %s"
            .formatted(
                request.purpose(),
                endpoint.base(),
                reason(cause),
                // With TLS 1.3 a registry that misses a certificate only closes the connection.
                endpoint.base().startsWith("https:") && !(cause instanceof ConnectException)
                    ? "Check schema.registry.ssl.*, that the registry's certificate names this host,"
                        + " and that it can be reached"
                    : advice(Kind.UNAVAILABLE, 0, 0, request)),
        cause);
  }

  /** The exception for an answer of success that is not what was asked for. */
  static SchemaRegistryException incomprehensible(
      RegistryRequest request, Endpoint endpoint, int status, String what) {
    return new SchemaRegistryException(
        Kind.UNEXPECTED,
        status,
        0,
        "cannot %s at %s: status %d, but %s. %s"
            .formatted(
                request.purpose(),
                endpoint.base(),
                status,
                what,
                advice(Kind.UNEXPECTED, status, 0, request)));
  }

  private static Kind kind(int status, int code) {
    if (code / 100 == 404) {
      return Kind.NOT_FOUND;
    }
    if (isPassing(status)) {
      return Kind.UNAVAILABLE;
    }
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 409 -> Kind.INCOMPATIBLE;
      case 422 -> Kind.UNUSABLE;
      default -> Kind.UNEXPECTED;
    };
  }

  private static String advice(Kind kind, int status, int code, RegistryRequest request) {
    return switch (kind) {
      case NOT_FOUND -> request.ifAbsent();
      case INCOMPATIBLE ->
          "Change the schema so that it fits the subject's earlier versions (give"
              + " each new field a default), or change the subject's compatibility";
      case UNUSABLE -> correction(code);
      case UNAUTHORIZED ->
          "Check basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.*, and what"
              + " the user may do";
      case UNAVAILABLE ->
          "Check that a registry runs there and can be reached; the request may" + " succeed later";
      case UNEXPECTED ->
          status >= 300 && status < 400
              ? "Set schema.registry.url to the address that this one redirects to"
              : "Check that schema.registry.url, with its path, is that of an API compatible with"
                  + " Confluent's (Apicurio's ends with /apis/ccompat/v7)";
    };
  }

  /** What is wrong with a request that was understood: mostly, but not always, its schema. */
  private static String correction(int code) {
    return switch (code) {
      case 42202 -> "Versions are counted from 1";
      case 42203 -> "The registry does not know this compatibility; set one that it knows";
      case 42205 ->
          "Its mode does not permit that, READONLY for example: change the mode, or have the schema"
              + " registered by other means and set auto.register.schemas=false";
      case 42208 ->
          "Change the subject's name: that of the topic, or key.subject.name.strategy and"
              + " value.subject.name.strategy";
      case 42209 ->
          "Make the schema smaller, for example by references to schemas that are registered by"
              + " themselves";
      default -> "Correct the schema";
    };
  }

  private static String reason(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + " (" + cause.getMessage() + ")";
  }

  private static String quoted(String text) {
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // A proxy's page, say: its status tells enough.
      return JSON.missingNode();
    }
  }
}
