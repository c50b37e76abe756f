package dev.weir.model.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * YAML as a tree in which every value is the text that its writer wrote.
 *
 * <p>What a value means is for the config record to say: {@code 1.10} is a version for one key and
 * a number for another, and YAML would take both for 1.1, {@code 010} for 8 and {@code yes} for
 * true. An alias ({@code *name}) is refused: in a config it is a glob without its quotes.
 */
final class YamlTree {
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // The default of the factory, which its builder does not have.
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern LINE = Pattern.compile("line (\\d+), column");

  private YamlTree() {}

  /** Reads one YAML document; a {@link MissingNode} if there is nothing in it. */
  static JsonNode read(String text) throws JsonProcessingException {
    try (YAMLParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return MissingNode.getInstance();
      }
      JsonNode tree = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(
            parser, "a second document starts here ('---'), but a config is one");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  /** What is wrong with the YAML, and on which line, in one line of text. */
  static String describe(JsonProcessingException e) {
    // SnakeYAML says where it was, what it found, and quotes the lines, indented, after both.
    String message = e.getOriginalMessage();
    List<String> said =
        message.lines().filter(line -> !line.isBlank() && !line.startsWith(" ")).toList();
    String problem = said.get(said.size() - 1).replace("Duplicate field", "duplicate key");
    if (said.size() > 1 && said.get(0).endsWith("an alias")) {
      problem = "a value that starts with '*' must be in quotes";
    } else if (problem.contains("cannot start any token") && !problem.contains("TAB")) {
      problem = problem.replaceAll("\\. \\(.*", "; put the value in quotes");
    }
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    Matcher marks = LINE.matcher(message);
    while (marks.find()) {
      line = Integer.parseInt(marks.group(1));
    }
    return "line " + line + ": " + problem;
  }

  private static JsonNode value(YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new JsonParseException(
          parser, "a value that starts with '*' must be in quotes: '*" + parser.getText() + "'");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }

  private static ObjectNode object(YAMLParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static ArrayNode array(YAMLParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }
}
