package dev.weir.model.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Reads a YAML file into a config record, after {@code --set key=value} options have been laid over
 * it.
 *
 * <p>An unknown key, a wrong type, a value that a record refuses: each becomes a {@link
 * ConfigException} that names the file and the whole key, and says what would be right.
 */
public final class ConfigReader {
  private static final ObjectMapper BINDER =
      JsonMapper.builder()
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .withCoercionConfigDefaults(
              coercions ->
                  coercions
                      .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                      .setAcceptBlankAsEmpty(false))
          .addModule(
              new SimpleModule().addDeserializer(Duration.class, new DurationText.Deserializer()))
          .build();

  private ConfigReader() {}

  /**
   * Reads a config.
   *
   * @param file the YAML file
   * @param settings {@code key=value} options, applied in their order; a key is written with dots
   * @throws ConfigException if the user has to change something
   */
  public static <T extends Record> T read(Path file, List<String> settings, Class<T> type) {
    ObjectNode tree = parse(file);
    for (String setting : settings) {
      Overrides.apply(tree, setting, type);
    }
    return bind(tree, type, file.toString());
  }

  /** Makes a config out of settings alone, without a file. */
  public static <T extends Record> T of(List<String> settings, Class<T> type) {
    ObjectNode tree = BINDER.createObjectNode();
    for (String setting : settings) {
      Overrides.apply(tree, setting, type);
    }
    return bind(tree, type, "settings");
  }

  /** A config as JSON, with its defaults; {@link #parse} gives the same config again. */
  public static String json(Record config) {
    JsonNode tree = BINDER.valueToTree(config);
    return tree.toString();
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws ConfigException if it is not that
   */
  public static <T extends Record> T parse(String json, Class<T> type) {
    try {
      return bind((ObjectNode) BINDER.readTree(json), type, "as it was written");
    } catch (JsonProcessingException | ClassCastException e) {
      throw new ConfigException("no config in JSON: " + e.getMessage(), e);
    }
  }

  private static ObjectNode parse(Path file) {
    if (!Files.exists(file)) {
      throw new ConfigException("config " + file + ": there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ConfigException("config " + file + ": this is a folder; name the file in it");
    }
    try {
      JsonNode tree = YamlTree.read(Files.readString(file));
      if (tree.isMissingNode() || tree.isNull()) {
        throw new ConfigException(
            "config " + file + ": the file is empty; examples/ has configs to start from");
      }
      if (!(tree instanceof ObjectNode object)) {
        throw new ConfigException(
            "config " + file + ": a config is a list of 'key: value' lines, but this is not");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "config " + file + ": not valid YAML at " + YamlTree.describe(e), e);
    } catch (CharacterCodingException e) {
      throw new ConfigException("config " + file + ": this is not a text file in UTF-8", e);
    } catch (IOException e) {
      throw new ConfigException("config " + file + ": cannot be read (" + e + ")", e);
    }
  }

  private static <T> T bind(ObjectNode tree, Class<T> type, String source) {
    try {
      return BINDER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new ConfigException("config " + source + ": " + BindingError.describe(e, tree), e);
    } catch (JsonProcessingException e) {
      throw new ConfigException("config " + source + ": " + e.getOriginalMessage(), e);
    }
  }
}
