package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.TestRecords.POINT_WITHOUT_DEFAULT;
import static dev.weir.schemas.TestRecords.POINT_WITH_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestSchemaRegistryTest {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RequestScript script = new RequestScript();
  private LocalRegistryServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = LocalRegistryServer.start(0, script);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void shouldRegisterTheSameSchemaOnce() {
    SchemaRegistry registry = registry(Map.of());

    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);

    assertThat(script.requests)
        .hasSize(2)
        .containsOnly(
            new RequestScript.Seen("POST /subjects/a-value/versions", CONTENT_TYPE, null));
  }

  @Test
  void shouldGetASchemaById() {
    SchemaRegistry registry = registry(Map.of());

    int id = registry.register("a-value", POINT);

    assertThat(registry.byId(id)).isEqualTo(POINT);
    assertThat(script.requests.get(1).line()).isEqualTo("GET /schemas/ids/1");
  }

  @Test
  void shouldLookUpASchema() {
    SchemaRegistry registry = registry(Map.of());
    int id = registry.register("a-value", POINT);

    assertThat(registry.lookUp("a-value", POINT)).isEqualTo(id);
    assertFailure(Kind.NOT_FOUND, 404, 40401, () -> registry.lookUp("b-value", POINT))
        .hasMessageContaining("b-value")
        .hasMessageContaining("auto.register.schemas=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b/c?d#e+f%g", "größe-value", "..", "a:.b"})
  void shouldEncodeSubjectsInThePath(String subject) {
    SchemaRegistry registry = registry(Map.of());

    int id = registry.register(subject, POINT);

    assertThat(registry.lookUp(subject, POINT)).isEqualTo(id);
  }

  @Test
  void shouldGetASchemaByGuid() {
    SchemaRegistry registry = registry(Map.of());
    RegisteredSchema byId = registry.fetch(registry.register("a-value", POINT));
    UUID guid = byId.guid().orElseThrow();

    RegisteredSchema byGuid = registry.fetch(guid);

    assertThat(byGuid.avro()).isEqualTo(POINT);
    assertThat(byGuid.guid()).contains(guid);
    assertThat(script.requests.get(2).line()).isEqualTo("GET /schemas/guids/" + guid);
    assertFailure(Kind.NOT_FOUND, 404, 40403, () -> registry.fetch(new UUID(1, 2)))
        .hasMessageContaining("00000000-0000-0001-0000-000000000002");
  }

  @Test
  void shouldTakeARegistryWithoutGuidsForOneThatDoesNotKnowTheSchema() {
    script.answer(404, "");
    assertFailure(Kind.NOT_FOUND, 404, 0, () -> registry(Map.of()).fetch(new UUID(1, 2)))
        .hasMessageContaining("knows GUIDs");
  }

  @Test
  void shouldResolveReferences() {
    // Given
    SchemaRegistry registry = registry(Map.of());
    registry.register("point", POINT);
    SchemaDefinition line =
        new SchemaDefinition(
            SchemaType.AVRO,
            """
            {"type": "record", "name": "Line", "namespace": "test", "fields": [
             {"name": "from", "type": "test.Point"}, {"name": "to", "type": "test.Point"}]}""",
            List.of(new SchemaReference("test.Point", "point", 1)));

    // When
    int id = registry.register("line", line);

    // Then
    RegisteredSchema fetched = registry.fetch(id);
    assertThat(fetched.definition()).isEqualTo(line);
    assertThat(fetched.dependencies()).hasSize(1);
    assertThat(registry.byId(id).getField("to").schema()).isEqualTo(POINT);
    assertThat(registry.lookUp("line", line)).isEqualTo(id);
    assertFailure(
            Kind.UNUSABLE,
            422,
            42201,
            () ->
                registry.register(
                    "line",
                    new SchemaDefinition(
                        line.type(),
                        line.text(),
                        List.of(new SchemaReference("test.Point", "point", 2)))))
        .hasMessageContaining("test.Point (subject point, version 2)");
  }

  @ParameterizedTest
  @CsvSource({"JSON, '{\"type\": \"object\"}'", "PROTOBUF, 'syntax = \"proto3\"; message A {}'"})
  void shouldKeepSchemasOfOtherLanguages(SchemaType type, String text) {
    SchemaRegistry registry = registry(Map.of());
    SchemaDefinition definition = new SchemaDefinition(type, text, List.of());

    int id = registry.register("a-value", definition);

    assertThat(registry.fetch(id).definition()).isEqualTo(definition);
    assertThat(registry.lookUp("a-value", definition)).isEqualTo(id);
    assertFailure(Kind.UNUSABLE, 200, 0, () -> registry.byId(id))
        .hasMessageContaining("type " + type);
  }

  @Test
  void shouldGetVersions() {
    SchemaRegistry registry = registry(Map.of());
    registry.register("a-value", POINT);
    int second = registry.register("a-value", POINT_WITH_DEFAULT);

    assertThat(registry.subjects()).containsExactly("a-value");
    assertThat(registry.versions("a-value")).containsExactly(1, 2);
    assertThat(registry.version("a-value", 1).definition()).isEqualTo(SchemaDefinition.avro(POINT));
    assertThat(registry.latest("a-value"))
        .isEqualTo(
            new SchemaVersion("a-value", 2, second, SchemaDefinition.avro(POINT_WITH_DEFAULT)));
    assertFailure(Kind.NOT_FOUND, 404, 40402, () -> registry.version("a-value", 3));
    assertFailure(Kind.NOT_FOUND, 404, 40401, () -> registry.latest("b-value"))
        .hasMessageContaining("b-value");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, true, true",
    "BACKWARD, true, false",
    "FORWARD, true, true",
    "FULL, true, false"
  })
  void shouldCompareWithASubject(Compatibility rule, boolean withDefault, boolean without) {
    SchemaRegistry registry = registry(Map.of());
    registry.register("a-value", POINT);
    registry.setCompatibility("a-value", rule);

    assertThat(registry.compatibility("a-value")).isEqualTo(rule);
    assertThat(
            registry
                .incompatibilities("a-value", SchemaDefinition.avro(POINT_WITH_DEFAULT))
                .isEmpty())
        .isEqualTo(withDefault);
    assertThat(
            registry
                .incompatibilities("a-value", SchemaDefinition.avro(POINT_WITHOUT_DEFAULT))
                .isEmpty())
        .isEqualTo(without);
    assertThat(registry.versions("a-value")).containsExactly(1);
  }

  @Test
  void shouldHaveARuleFromTheStart() {
    assertThat(registry(Map.of()).compatibility("a-value")).isEqualTo(Compatibility.BACKWARD);
  }

  @Test
  void shouldSayThatAnAnswerIsIncomplete() {
    List<Consumer<SchemaRegistry>> calls =
        List.of(
            r -> r.latest("a"),
            r -> r.subjects(),
            r -> r.versions("a"),
            r -> r.compatibility("a"),
            r -> r.incompatibilities("a", SchemaDefinition.avro(POINT)));
    for (Consumer<SchemaRegistry> call : calls) {
      for (String body : List.of("{}", "[{}]")) {
        script.answer(200, body);
        assertFailure(Kind.UNEXPECTED, 200, 0, () -> call.accept(registry(Map.of())))
            .hasMessageContaining("schema.registry.url");
      }
    }
  }

  @Test
  void shouldSayThatAnIdIsUnknown() {
    assertFailure(Kind.NOT_FOUND, 404, 40403, () -> registry(Map.of()).byId(77))
        .hasMessageContaining("id 77")
        .hasMessageContaining(server.url())
        .hasMessageContaining("status 404, error code 40403");
    assertThat(script.requests).hasSize(1);
  }

  @Test
  void shouldSayThatASchemaIsIncompatible() {
    SchemaRegistry registry = registry(Map.of());
    registry.register("a-value", POINT);

    assertFailure(
            Kind.INCOMPATIBLE, 409, 409, () -> registry.register("a-value", POINT_WITHOUT_DEFAULT))
        .hasMessageContaining("test.Point under subject a-value")
        .hasMessageContaining("default");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 503})
  void shouldTryAgainWhatMayPass(int status) {
    script.answer(status, "{\"error_code\":50003,\"message\":\"no leader\"}").answer(status, "");

    assertThat(registry(Map.of()).register("a-value", POINT)).isEqualTo(1);
    assertThat(script.requests).hasSize(3);
  }

  @Test
  void shouldWaitAsLongAsTheRegistryAsks() {
    // Given: answers that ask for a second, and waits of at most 1 ms otherwise
    script.answer(429, "");
    long start = System.nanoTime();

    // When
    registry(Map.of()).register("a-value", POINT);

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(999));
  }

  @Test
  void shouldAskForTheNormalFormIfToldTo() {
    SchemaRegistry registry = registry(Map.of("normalize.schemas", "true"));
    registry.register("a-value", POINT);
    registry.lookUp("a-value", POINT);
    registry.incompatibilities("a-value", SchemaDefinition.avro(POINT));

    assertThat(script.requests)
        .extracting(RequestScript.Seen::line)
        .containsExactly(
            "POST /subjects/a-value/versions?normalize=true",
            "POST /subjects/a-value?normalize=true",
            "POST /compatibility/subjects/a-value/versions?verbose=true&normalize=true");
  }

  @Test
  void shouldGiveUpAfterTheLastRetry() {
    for (int i = 0; i < 3; i++) {
      script.answer(503, "{\"error_code\":50003,\"message\":\"no leader\"}");
    }

    assertFailure(Kind.UNAVAILABLE, 503, 50003, () -> registry(Map.of("max.retries", 2)).byId(1))
        .hasMessageContaining("no leader");
    assertThat(script.requests).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHORIZED, basic.auth.user.info",
    "403, UNAUTHORIZED, basic.auth.user.info",
    "404, UNEXPECTED, /apis/ccompat/v7",
    "302, UNEXPECTED, redirects",
    "400, UNEXPECTED, schema.registry.url",
    "422, UNUSABLE, Correct the schema"
  })
  void shouldNotTryAgainWhatWillNotPass(int status, Kind kind, String advice) {
    script.answer(status, "<html>a proxy's page</html>");

    assertFailure(kind, status, 0, () -> registry(Map.of()).register("a-value", POINT))
        .hasMessageContaining(advice);
    assertThat(script.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "42201, Correct the schema",
    "42202, counted from 1",
    "42203, compatibility",
    "42205, auto.register.schemas=false",
    "42208, value.subject.name.strategy",
    "42209, smaller"
  })
  void shouldSayWhatToDoAboutARequestThatIsNotProcessed(int code, String advice) {
    script.answer(422, "{\"error_code\":%d,\"message\":\"no\"}".formatted(code));

    assertFailure(Kind.UNUSABLE, 422, code, () -> registry(Map.of()).register("a-value", POINT))
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "<html>Welcome</html>", "{\"name\": \"not an id\"}"})
  void shouldSayThatTheAnswerIsNotARegistrys(String body) {
    script.answer(200, body);

    assertFailure(Kind.UNEXPECTED, 200, 0, () -> registry(Map.of()).register("a-value", POINT))
        .hasMessageContaining("a-value")
        .hasMessageContaining("schema.registry.url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\": \"{}\", \"schemaType\": \"JSON\"}",
        "{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}",
        "{}",
        "{\"schema\": \"\\\"string\\\"\", \"references\": [{\"name\": \"a\"}]}"
      })
  void shouldSayThatASchemaIsNotUsable(String body) {
    script.answer(200, body);

    assertFailure(Kind.UNUSABLE, 200, 0, () -> registry(Map.of()).byId(5))
        .hasMessageContaining("schema with id 5");
  }

  @Test
  void shouldFailOverFromADeadUrlAndStayWithTheLiveOne() throws IOException {
    String dead = "http://127.0.0.1:" + freePort();
    SchemaRegistry registry =
        registry(Map.of("schema.registry.url", dead + "," + server.url(), "max.retries", 0));

    try (LogCapture log = new LogCapture()) {
      assertThat(registry.register("a-value", POINT)).isEqualTo(1);
      assertThat(registry.byId(1)).isEqualTo(POINT);
      assertThat(log.lines).singleElement().asString().contains(dead);
    }
  }

  @Test
  void shouldNameTheUrlThatDoesNotAnswer() throws IOException {
    server.close();

    assertFailure(Kind.UNAVAILABLE, 0, 0, () -> registry(Map.of()).byId(1))
        .hasMessageContaining(server.url())
        .hasMessageContaining("id 1")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void shouldNotWaitForEver() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config =
          Map.of(
              "schema.registry.url",
              "http://127.0.0.1:" + silent.getLocalPort(),
              "http.read.timeout.ms",
              50,
              "max.retries",
              0);
      assertFailure(Kind.UNAVAILABLE, 0, 0, () -> registry(config).byId(1));
    }
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertFailure(Kind.UNAVAILABLE, 0, 0, () -> registry(Map.of()).byId(1));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void shouldSendCredentialsAndShowThemNowhere() throws IOException {
    // Given
    String dead = "http://user:s3cret@127.0.0.1:" + freePort();
    String live = server.url().replace("//", "//user:s3cret@");
    script.answer(503, "").answer(401, "");

    try (LogCapture log = new LogCapture()) {
      // When
      var failure =
          catchThrowableOfType(
              SchemaRegistryException.class,
              () -> registry(Map.of("schema.registry.url", dead + "," + live)).byId(1));

      // Then
      assertThat(script.requests)
          .extracting(RequestScript.Seen::authorization)
          .containsOnly("Basic dXNlcjpzM2NyZXQ=");
      assertThat(log.lines).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
      assertThat(log.lines).noneMatch(line -> line.contains("dXNlcjpzM2NyZXQ"));
      assertThat(failure).hasMessageNotContaining("s3cret");
    }
  }

  private SchemaRegistry registry(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", server.url());
    config.put("retries.wait.ms", 1);
    config.putAll(more);
    return new RestSchemaRegistry(RegistryConfig.from(config));
  }

  private static AbstractThrowableAssert<?, SchemaRegistryException> assertFailure(
      Kind kind, int status, int code, Runnable call) {
    var failure = catchThrowableOfType(SchemaRegistryException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.status()).as(failure.getMessage()).isEqualTo(status);
    assertThat(failure.errorCode()).as(failure.getMessage()).isEqualTo(code);
    return assertThat(failure);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What the HTTP client's part logs. */
  private static final class LogCapture extends AbstractAppender implements AutoCloseable {
    private final Logger logger = (Logger) LogManager.getLogger(RegistryHttp.class);
    private final List<String> lines = new ArrayList<>();

    LogCapture() {
      super("capture", null, null, true, Property.EMPTY_ARRAY);
      start();
      logger.addAppender(this);
      logger.setLevel(Level.ALL);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(
          event.getMessage().getFormattedMessage() + event.getContextData() + event.getThrown());
    }

    @Override
    public void close() {
      logger.removeAppender(this);
    }
  }
}
