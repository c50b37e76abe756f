package dev.weir.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class JsonRecordReaderPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<FieldPath> PATHS =
      List.of("a", "b", "a.b", "a.b.c", "c.a", "b.a.a", "a.b", "a.0", "a.0.a", "b.1", "a.b.0", "d")
          .stream()
          .map(FieldPath::parse)
          .toList();

  @Property(seed = "20261")
  void shouldReadNumbersBackExactly(@ForAll("numbers") Map<String, Number> numbers)
      throws JsonProcessingException, RejectedRecordException {
    // Given
    List<String> names = List.copyOf(numbers.keySet());
    JsonRecordReader reader =
        new JsonRecordReader(names.stream().map(name -> new FieldPath(List.of(name))).toList());
    FieldValues fields = new FieldValues(names.size());

    // When
    reader.read(JSON.writeValueAsBytes(numbers), fields);

    // Then
    for (int slot = 0; slot < names.size(); slot++) {
      assertThat(fields.kind(slot)).isEqualTo(FieldKind.NUMBER);
      assertThat(fields.number(slot)).isEqualTo(numbers.get(names.get(slot)).doubleValue());
    }
  }

  /** Jackson's tree is the oracle: it keeps the last of duplicates, too. */
  @Property(seed = "20261", tries = 2000)
  void shouldAgreeWithTreeOfWholeDocument(@ForAll("documents") String json)
      throws IOException, RejectedRecordException {
    // Given
    FieldValues fields = new FieldValues(PATHS.size());

    // When
    new JsonRecordReader(PATHS).read(json.getBytes(StandardCharsets.UTF_8), fields);

    // Then
    JsonNode tree = JSON.readTree(json);
    for (int slot = 0; slot < PATHS.size(); slot++) {
      JsonNode node = tree;
      for (String name : PATHS.get(slot).names()) {
        node =
            node.isArray() && name.matches("\\d")
                ? node.path(name.charAt(0) - '0')
                : node.path(name);
      }
      assertThat(fields.kind(slot)).as("%s in %s", PATHS.get(slot), json).isEqualTo(kind(node));
      assertThat(fields.text(slot)).isEqualTo(node.textValue());
      if (node.isNumber()) {
        assertThat(fields.number(slot)).isEqualTo(node.doubleValue());
      }
    }
  }

  @Property(seed = "20261", tries = 5000)
  void shouldRejectOrReadAnyBytes(@ForAll("anyBytes") byte[] bytes) throws RejectedRecordException {
    // Given
    JsonRecordReader reader = new JsonRecordReader(PATHS);
    FieldValues fields = new FieldValues(PATHS.size());

    // When
    try {
      reader.read(bytes, fields);
    } catch (RejectedRecordException e) {
      assertThat(e.reason())
          .isIn(RejectReason.EMPTY, RejectReason.MALFORMED, RejectReason.NOT_A_RECORD);
      assertThat(e).message().isNotBlank();
    }

    // Then the reader is none the worse for it
    reader.read("{\"d\": 1}".getBytes(StandardCharsets.UTF_8), fields);
    assertThat(fields.number(PATHS.size() - 1)).isEqualTo(1);
    assertThat(fields.kind(0)).isEqualTo(FieldKind.ABSENT);
  }

  @Provide
  Arbitrary<Map<String, Number>> numbers() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange(' ', '\ud7ff')
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(name -> !name.isBlank() && name.indexOf('.') < 0);
    Arbitrary<Number> values =
        Arbitraries.oneOf(
            doubles().map(value -> (Number) value),
            Arbitraries.create(() -> Double.MIN_VALUE),
            Arbitraries.longs().map(value -> (Number) value),
            Arbitraries.integers().map(value -> (Number) value),
            Arbitraries.bigIntegers().map(value -> (Number) value),
            Arbitraries.bigDecimals().map(value -> (Number) value));
    return Arbitraries.maps(names, values).ofMaxSize(20);
  }

  @Provide
  Arbitrary<String> documents() {
    return object(4);
  }

  @Provide
  Arbitrary<byte[]> anyBytes() {
    Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
    Arbitrary<byte[]> jsonLike =
        Arbitraries.strings()
            .withChars("{}[]\",:.-+0123456789eEtrufalsn\\ abcd\u0000\u00e9")
            .ofMaxLength(40)
            .map(text -> ("{\"a\":" + text).getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> otherEncodings =
        Combinators.combine(
                Arbitraries.of(
                    new byte[] {0, 0, 0, '{'},
                    new byte[] {'{', 0, 0, 0},
                    new byte[] {0, '{'},
                    new byte[] {'{', 0},
                    new byte[] {0, 0, (byte) 0xfe, (byte) 0xff},
                    new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0},
                    new byte[] {(byte) 0xfe, (byte) 0xff},
                    new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{'}),
                random)
            .as(JsonRecordReaderPropertyTest::concatenated);
    Arbitrary<byte[]> damaged =
        Combinators.combine(
                documents(),
                Arbitraries.integers().between(0, 1 << 20),
                Arbitraries.bytes(),
                Arbitraries.of(true, false))
            .as(JsonRecordReaderPropertyTest::damaged);
    return Arbitraries.oneOf(random, jsonLike, otherEncodings, damaged);
  }

  /** Any finite double, from the whole range of exponents. */
  private static Arbitrary<Double> doubles() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  private static Arbitrary<String> object(int depth) {
    return Combinators.combine(Arbitraries.of("a", "b", "c", "x"), value(depth - 1))
        .as((name, value) -> Tuple.of(name, value))
        .list()
        .ofMaxSize(4)
        .map(
            fields -> {
              List<String> lines = new ArrayList<>();
              fields.forEach(field -> lines.add("\"" + field.get1() + "\": " + field.get2()));
              return "{" + String.join(", ", lines) + "}";
            });
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null",
                "true",
                "false",
                "\"text\"",
                "\"\"",
                "[]",
                "[{\"a\": 1}]",
                "[[7], 8, null]"),
            doubles().map(String::valueOf),
            Arbitraries.integers().map(String::valueOf));
    return depth == 0
        ? scalars
        : Arbitraries.frequencyOf(
            Tuple.of(2, scalars), Tuple.of(3, Arbitraries.lazy(() -> object(depth))));
  }

  private static FieldKind kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> FieldKind.ABSENT;
      case NULL -> FieldKind.NULL;
      case NUMBER -> FieldKind.NUMBER;
      case BOOLEAN -> FieldKind.BOOLEAN;
      case STRING -> FieldKind.TEXT;
      default -> FieldKind.NESTED;
    };
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] damaged(String json, int position, byte other, boolean cut) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    int at = position % bytes.length;
    if (cut) {
      return Arrays.copyOf(bytes, at);
    }
    bytes[at] = other;
    return bytes;
  }
}
