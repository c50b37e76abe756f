package dev.weir.scorer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.scorer.config.HttpConfig;
import dev.weir.scorer.fixture.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventStreamTest {
  private final EventStream stream = new EventStream(Duration.ofMillis(200), this::greeting);
  private final HttpEndpoint endpoint =
      HttpEndpoint.start(
          new HttpConfig(null, 0), Map.of("/page", () -> Answer.plain(200, "here")), stream);

  @AfterEach
  void close() {
    endpoint.close();
  }

  private List<Event> greeting(Optional<String> lastSeen) {
    if (lastSeen.filter("bad"::equals).isPresent()) {
      throw new IllegalStateException("told to fail");
    }
    return List.of(Event.of("hello", lastSeen.orElse("stranger")));
  }

  /** Somebody who reads along, line by line. */
  private final class Listener implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Listener(String... headers) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/events"));
      if (headers.length > 0) {
        request.headers(headers);
      }
      response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /** Up to a line. */
    List<String> readTo(String last) throws Exception {
      List<String> read = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read.add(line);
        if (line.equals(last)) {
          return read;
        }
      }
      throw new AssertionError("the stream ended after " + read);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void shouldNotCountAReaderWhoCouldNotBeGreeted() throws Exception {
    for (int i = 0; i <= EventStream.MOST_READERS; i++) {
      try (Listener listener = new Listener("Last-Event-ID", "bad")) {
        assertThat(listener.response.statusCode()).isEqualTo(500);
      }
    }

    assertThat(stream.readers()).isZero();
    try (Listener listener = new Listener()) {
      assertThat(listener.response.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldGreetAndThenTellWhatHappens() throws Exception {
    try (Listener listener = new Listener()) {
      assertThat(listener.response.headers().firstValue("Content-Type"))
          .contains("text/event-stream; charset=utf-8");
      assertThat(listener.readTo("data: stranger")).contains("event: hello");

      stream.send(new Event("17", "alert", "{\"key\":\"ü\"}"));

      assertThat(listener.readTo("data: {\"key\":\"ü\"}"))
          .containsSubsequence("id: 17", "event: alert");
    }
  }

  @Test
  void shouldKnowWhatOneWhoComesBackHasSeen() throws Exception {
    try (Listener listener = new Listener("Last-Event-ID", "17")) {
      assertThat(listener.readTo("data: 17")).contains("event: hello");
    }
  }

  @Test
  void shouldSayThatItIsStillThere() throws Exception {
    try (Listener listener = new Listener()) {
      assertThat(listener.readTo(": still here")).isNotEmpty();
      assertThat(listener.readTo(": still here")).isNotEmpty();
    }
  }

  @Test
  void shouldForgetThoseWhoHaveGone() throws Exception {
    Listener listener = new Listener();
    listener.readTo("data: stranger");
    assertThat(stream.readers()).isEqualTo(1);

    listener.close();

    Await.until("the reader to be gone", () -> stream.readers() == 0);
  }

  @Test
  void shouldHaveOnlySoManyReadersAndStillServePages() throws Exception {
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < EventStream.MOST_READERS; i++) {
      listeners.add(new Listener());
    }
    try (Listener tooMany = new Listener()) {
      assertThat(tooMany.response.statusCode()).isEqualTo(503);
      assertThat(tooMany.response.headers().firstValue("Retry-After")).isPresent();
      assertThat(tooMany.lines.readLine()).contains("16 read along already");
    }
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/page")).build();
    assertThat(HttpClient.newHttpClient().send(page, BodyHandlers.ofString()).body())
        .isEqualTo("here\n");
    for (Listener listener : listeners) {
      listener.close();
    }
  }

  @Test
  void shouldCutOffOneWhoDoesNotReadAndNeverWaitForIt() throws Exception {
    // Given one reader who never looks at what is sent, and one who does
    try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        Listener listener = new Listener()) {
      deaf.getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      deaf.getOutputStream().flush();
      Await.until("two readers", () -> stream.readers() == 2);
      listener.readTo("data: stranger");
      String much = "x".repeat(100_000);

      // When far more is sent than networks and queues hold
      for (int i = 0; i < 300; i++) {
        stream.send(Event.of("much", much));
        listener.readTo("data: " + much);
      }

      // Then only the first one is gone
      Await.until("the deaf one to be cut off", () -> stream.readers() == 1);
      stream.send(Event.of("last", "word"));
      assertThat(listener.readTo("data: word")).contains("event: last");
    }
  }

  @Test
  void shouldEndWithTheEndpoint() throws Exception {
    try (Listener listener = new Listener()) {
      listener.readTo("data: stranger");

      endpoint.close();

      Await.until("nobody to read", () -> stream.readers() == 0);
    }
  }
}
