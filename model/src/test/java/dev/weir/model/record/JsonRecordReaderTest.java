package dev.weir.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRecordReaderTest {

  @Test
  void shouldReadNestedPathsIntoTheirSlots() throws RejectedRecordException {
    // Given
    String json =
        """
        {"skipped": {"cpu": 9, "deep": [[{"cpu": 8}]]}, "host": "web-1",
         "payload": {"cpu": {"user": 0.25, "system": 3}, "mem": -1e3, "other": [1, 2]}, "up": true}
        """;

    // When
    FieldValues fields =
        read(json, "payload.mem", "payload.cpu.user", "host", "up", "payload.cpu.idle");

    // Then
    assertThat(kinds(fields))
        .containsExactly(
            FieldKind.NUMBER,
            FieldKind.NUMBER,
            FieldKind.TEXT,
            FieldKind.BOOLEAN,
            FieldKind.ABSENT);
    assertThat(fields.number(0)).isEqualTo(-1000);
    assertThat(fields.number(1)).isEqualTo(0.25);
    assertThat(fields.text(2)).isEqualTo("web-1");
    assertThat(fields.number(3)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; ABSENT",
        "{\"b\": 1}; ABSENT",
        "{\"a\": null}; NULL",
        "{\"a\": 1}; NUMBER",
        "{\"a\": -0.5e-3}; NUMBER",
        "{\"a\": 1e999}; NUMBER",
        "{\"a\": true}; BOOLEAN",
        "{\"a\": false}; BOOLEAN",
        "{\"a\": \"1\"}; TEXT",
        "{\"a\": \"\"}; TEXT",
        "{\"a\": {}}; NESTED",
        "{\"a\": {\"a\": 1}}; NESTED",
        "{\"a\": []}; NESTED",
        "{\"a\": [1]}; NESTED",
        "{\"A\": 1}; ABSENT",
        "{\"x\": {\"a\": 1}}; ABSENT",
        "{\"\\u0061\": 1}; NUMBER"
      })
  void shouldSayWhatIsAtField(String json, FieldKind kind) throws RejectedRecordException {
    assertThat(read(json, "a").kind(0)).isEqualTo(kind);
  }

  @Test
  void shouldReadNumberBeyondRangeAsInfinite() throws RejectedRecordException {
    assertThat(read("{\"a\": -1e999}", "a").number(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(read("{\"a\": 1" + "0".repeat(400) + "}", "a").number(0))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void shouldTakePathThatIsPrefixOfAnother() throws RejectedRecordException {
    // When the outer path leads to an object, to a value, to nothing
    FieldValues object = read("{\"a\": {\"b\": 1}}", "a", "a.b");
    FieldValues value = read("{\"a\": 2}", "a.b", "a");
    FieldValues nothing = read("{\"a\": {\"c\": 2}}", "a.b", "a");

    // Then
    assertThat(kinds(object)).containsExactly(FieldKind.NESTED, FieldKind.NUMBER);
    assertThat(object.number(1)).isEqualTo(1);
    assertThat(kinds(value)).containsExactly(FieldKind.ABSENT, FieldKind.NUMBER);
    assertThat(kinds(nothing)).containsExactly(FieldKind.ABSENT, FieldKind.NESTED);
  }

  @Test
  void shouldFillEverySlotOfOnePath() throws RejectedRecordException {
    // When
    FieldValues fields = read("{\"a\": {\"b\": 5}}", "a.b", "c", "a.b");

    // Then
    assertThat(kinds(fields)).containsExactly(FieldKind.NUMBER, FieldKind.ABSENT, FieldKind.NUMBER);
    assertThat(fields.number(0)).isEqualTo(5);
    assertThat(fields.number(2)).isEqualTo(5);
  }

  @Test
  void shouldTakeLastOfDuplicates() throws RejectedRecordException {
    assertThat(read("{\"a\": 1, \"a\": 2}", "a").number(0)).isEqualTo(2);
    assertThat(read("{\"a\": \"x\", \"a\": 2}", "a").text(0)).isNull();
    assertThat(kinds(read("{\"a\": 1, \"a\": null}", "a"))).containsExactly(FieldKind.NULL);
    assertThat(kinds(read("{\"a\": {\"b\": 1, \"c\": 2}, \"a\": {\"b\": 3}}", "a.b", "a.c")))
        .containsExactly(FieldKind.NUMBER, FieldKind.ABSENT);
    assertThat(kinds(read("{\"a\": {\"b\": 1}, \"a\": 2}", "a.b")))
        .containsExactly(FieldKind.ABSENT);
  }

  @Test
  void shouldForgetPreviousRecord() throws RejectedRecordException {
    // Given
    JsonRecordReader reader = new JsonRecordReader(paths("a", "b"));
    FieldValues fields = new FieldValues(2);
    reader.read(bytes("{\"a\": 1, \"b\": \"x\"}"), fields);

    // When
    reader.read(bytes("{\"b\": 2}"), fields);

    // Then
    assertThat(kinds(fields)).containsExactly(FieldKind.ABSENT, FieldKind.NUMBER);
    assertThat(fields.text(1)).isNull();
  }

  @Test
  void shouldRejectRecordWithoutValue() {
    assertRejected(null, RejectReason.EMPTY, "the record has no value");
    assertRejected(new byte[0], RejectReason.EMPTY, "the record has no value");
    assertRejected(bytes(" \n\t"), RejectReason.EMPTY, "the record's value is blank");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[1]; an array",
        "\"a\"; text",
        "12; a number",
        "1.5; a number",
        "true; true or false",
        "null; null"
      })
  void shouldRejectWhatIsNoObject(String json, String found) {
    assertRejected(
        bytes(json),
        RejectReason.NOT_A_RECORD,
        "the value is JSON, but " + found + " and not an object with fields");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{\"a\": 1}[]", "{}1", "{} null"})
  void shouldRejectJsonAfterObject(String json) {
    assertRejected(
        bytes(json), RejectReason.MALFORMED, "more JSON follows the object; a record holds one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\": 1",
        "{\"a\": 1,}",
        "{\"a\": 01}",
        "{\"a\": NaN}",
        "{\"a\": +1}",
        "{\"a\": 1.}",
        "{'a': 1}",
        "{a: 1}",
        "{\"a\": 1}}",
        "{\"a\": \"secret}",
        "{\"b\": [1}",
        "{\"a\": 1} x",
        "<a>1</a>"
      })
  void shouldRejectMalformedJson(String json) {
    RejectedRecordException rejected = rejection(bytes(json));
    assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(rejected).message().matches("the value is not valid JSON at byte \\d+");
  }

  @Test
  void shouldSayAtWhichByteJsonIsMalformed() {
    assertRejected(
        bytes("{\"a\": nil}"), RejectReason.MALFORMED, "the value is not valid JSON at byte 6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void shouldRejectHugeNesting(String opening) {
    RejectedRecordException rejected = rejection(bytes("{\"x\": " + opening.repeat(100_000)));
    assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(rejected)
        .hasMessageStartingWith("the JSON is nested too deeply or has a value that is too long");
  }

  @Test
  void shouldRejectNumberOfHugeLength() {
    assertThat(rejection(bytes("{\"a\": " + "1".repeat(100_000) + "}")).reason())
        .isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void shouldRejectBytesThatAreNotUnicode() {
    // Given a value that begins like UTF-32, and goes on with what is no character
    byte[] bytes = {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    // Then
    assertRejected(bytes, RejectReason.MALFORMED, "the value is not valid Unicode");
  }

  @Test
  void shouldReadOtherUnicodeEncodings() throws RejectedRecordException {
    // Given
    FieldValues fields = new FieldValues(1);

    // When
    new JsonRecordReader(paths("a")).read("{\"a\": 7}".getBytes(StandardCharsets.UTF_16BE), fields);

    // Then
    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldGiveRejectionNoStackTrace() {
    assertThat(rejection(null).getStackTrace()).isEmpty();
  }

  @Test
  void shouldGiveEveryReasonItsCode() {
    assertThat(Stream.of(RejectReason.values()).map(RejectReason::code))
        .containsExactly(
            "empty",
            "no-key",
            "malformed",
            "not-framed",
            "unknown-schema",
            "unusable-schema",
            "not-a-record",
            "no-known-field",
            "no-value",
            "not-a-number",
            "not-a-boolean",
            "not-a-category",
            "not-a-time",
            "not-finite",
            "processing-failed");
  }

  @Test
  void shouldFindItemsOfArraysByTheirPlaces() throws RejectedRecordException {
    // Given
    List<FieldPath> paths = paths("a.1", "a.2.b", "a.01", "a.3", "a.0.1", "a");
    FieldValues fields = new FieldValues(paths.size());

    // When
    new JsonRecordReader(paths)
        .read("{\"a\": [[5, 6], 7, {\"b\": 8}]}".getBytes(StandardCharsets.UTF_8), fields);

    // Then
    assertThat(fields.number(0)).isEqualTo(7);
    assertThat(fields.number(1)).isEqualTo(8);
    assertThat(fields.kind(2)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.kind(3)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.number(4)).isEqualTo(6);
    assertThat(fields.kind(5)).isEqualTo(FieldKind.NESTED);
  }

  private static void assertRejected(byte[] bytes, RejectReason reason, String message) {
    RejectedRecordException rejected = rejection(bytes);
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected).hasMessage(message);
  }

  private static RejectedRecordException rejection(byte[] bytes) {
    JsonRecordReader reader = new JsonRecordReader(paths("a"));
    RejectedRecordException rejected =
        catchThrowableOfType(
            RejectedRecordException.class, () -> reader.read(bytes, new FieldValues(1)));
    assertThat(rejected).isNotNull();
    return rejected;
  }

  private static FieldValues read(String json, String... dotted) throws RejectedRecordException {
    FieldValues fields = new FieldValues(dotted.length);
    new JsonRecordReader(paths(dotted)).read(bytes(json), fields);
    return fields;
  }

  private static List<FieldPath> paths(String... dotted) {
    return Stream.of(dotted).map(FieldPath::parse).toList();
  }

  private static List<FieldKind> kinds(FieldValues fields) {
    return Stream.iterate(0, slot -> slot < fields.slots(), slot -> slot + 1)
        .map(fields::kind)
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
