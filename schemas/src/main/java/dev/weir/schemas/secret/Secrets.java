package dev.weir.schemas.secret;

import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Looks up values that a config only refers to, by Kafka's own providers: {@code ${env:NAME}},
 * {@code ${file:/path/to/a.properties:key}} and {@code ${dir:/path/to/folder:file}}.
 */
public final class Secrets {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|dir):[^}]*}");

  /** By which Kafka's clients name providers. */
  private static final String PROVIDERS = "config.providers";

  private Secrets() {}

  /**
   * The value, with what it refers to.
   *
   * @param key that names it, for the error
   * @throws InvalidInputException if it refers to what is not there
   */
  public static String resolve(String key, String value) {
    if (value == null || !REFERENCE.matcher(value).find()) {
      return value;
    }
    Map<String, ConfigProvider> providers = new HashMap<>();
    providers.put("env", new EnvVarConfigProvider());
    providers.put("file", new FileConfigProvider());
    providers.put("dir", new DirectoryConfigProvider());
    String resolved;
    try {
      providers.values().forEach(provider -> provider.configure(Map.of()));
      resolved = new ConfigTransformer(providers).transform(Map.of(key, value)).data().get(key);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "key '" + key + "' refers to what cannot be read: " + e.getMessage(), e);
    } finally {
      providers.values().forEach(Secrets::close);
    }
    Matcher left = REFERENCE.matcher(value);
    while (left.find()) {
      if (resolved.contains(left.group())) {
        throw new InvalidInputException(
            "key '" + key + "' refers to " + left.group() + ", but there is nothing of that name");
      }
    }
    return resolved;
  }

  /**
   * Settings of Kafka's clients, or of a registry's, with what their values refer to. If they name
   * {@code config.providers} of their own, references are left to those.
   *
   * @param prefix of the settings' keys in the config, for the error
   * @throws InvalidInputException if one refers to what is not there
   */
  public static <V> Map<String, Object> resolveAll(String prefix, Map<String, V> settings) {
    Map<String, Object> resolved = new HashMap<>(settings);
    if (!settings.containsKey(PROVIDERS)) {
      resolved.replaceAll(
          (key, value) -> value instanceof String text ? resolve(prefix + "." + key, text) : value);
    }
    return resolved;
  }

  private static void close(ConfigProvider provider) {
    try {
      provider.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a config provider failed", e);
    }
  }
}
