package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.apicurio.ApicurioServer;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.scorer.ScorerApplication;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weir and kcat, the command line client of librdkafka: kcat writes records, Weir scores them, and
 * kcat reads alerts and dead letters, LZ4 and transactions included.
 *
 * <p>Debian's kcat is built without Avro, so the alerts' bytes are looked at.
 */
@Timeout(300)
class KcatIT {
  private static final int GOOD = 50;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static ForeignProgram kcat;
  private static EmbeddedBroker broker;
  private static ApicurioServer apicurio;
  private static SchemaRegistry registry;
  private static ScorerApplication scorer;

  @TempDir private static Path folder;

  @BeforeAll
  static void scoreWhatKcatWrites() throws Exception {
    kcat =
        ForeignProgram.require("kcat", "install kcat, for example Debian's package of that name");
    broker = EmbeddedBroker.start();
    apicurio = ApicurioServer.start(Path.of("target", "apicurio-kcat.log"));
    registry = SchemaRegistries.open(Map.of("schema.registry.url", apicurio.url()));
    broker.createTopic("rows", 1);
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < GOOD; i++) {
      lines.append("good-" + i + "\t" + TinyHistory.json(TinyHistory.row(random)) + "\n");
    }
    lines.append("far-off\t{\"a\":1.5,\"b\":777.25,\"c\":null}\n");
    lines.append("broken\t{\"a\":\n");
    Path file = Files.writeString(folder.resolve("rows"), lines);
    kcat("-P", "-t", "rows", "-K", "\t", "-H", "trace=7f3a", "-l", file.toString());
    scorer =
        Scorers.start(
            broker,
            apicurio.url(),
            TinyBundle.train(folder),
            folder,
            "rows",
            "output.scored=rows-scored");
    Scorers.awaitSeen(scorer, GOOD + 2);
  }

  @AfterAll
  static void stop() {
    if (scorer != null) {
      scorer.close();
    }
    if (registry != null) {
      registry.close();
    }
    if (apicurio != null) {
      apicurio.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldReadAlerts() throws Exception {
    // Given
    long anomalous =
        CommittedRecords.await(
                broker.bootstrapServers(),
                "rows-scored",
                GOOD + 1,
                new AvroDeserializer<>(registry, ScoredRecord.class))
            .stream()
            .filter(record -> record.value().getAnomalous())
            .count();
    List<ConsumerRecord<byte[], byte[]>> records =
        CommittedRecords.await(
            broker.bootstrapServers(), "rows-alerts", anomalous, new ByteArrayDeserializer());
    Map<String, byte[]> expected = new LinkedHashMap<>();
    records.forEach(
        record -> expected.put(new String(record.key(), StandardCharsets.UTF_8), record.value()));

    // When: the lengths of key and value on a line, then both
    Map<String, byte[]> read = new LinkedHashMap<>();
    byte[] out =
        kcat("-C", "-t", "rows-alerts", "-o", "beginning", "-e", "-q", "-f", "%K %S\n%k%s");
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(out));
    while (in.available() > 0) {
      String lengths = line(in);
      int blank = lengths.indexOf(' ');
      byte[] key = in.readNBytes(Integer.parseInt(lengths.substring(0, blank)));
      byte[] value = in.readNBytes(Integer.parseInt(lengths.substring(blank + 1)));
      read.put(new String(key, StandardCharsets.UTF_8), value);
    }

    // Then
    assertThat(read).containsKey("far-off").containsExactlyEntriesOf(expected);
    byte[] alert = read.get("far-off");
    assertThat(alert).startsWith(WireFormat.MAGIC);
    assertThat(ByteBuffer.wrap(alert, 1, Integer.BYTES).getInt())
        .isEqualTo(registry.latest("rows-alerts-value").id());
    try (AvroDeserializer<Alert> avro = new AvroDeserializer<>(registry, Alert.class)) {
      assertThat(avro.deserialize("rows-alerts", alert).getContributions())
          .anySatisfy(
              each -> {
                assertThat(each.getFeature()).isEqualTo("b");
                assertThat(each.getActual()).isEqualTo(777.25);
              });
    }
  }

  @Test
  void shouldReadDeadLettersAndTheirHeaders() throws Exception {
    // Given
    List<ConsumerRecord<byte[], byte[]>> records =
        CommittedRecords.await(
            broker.bootstrapServers(), "rows-dead-letter", 1, new ByteArrayDeserializer());
    assertThat(records).hasSize(1);

    // When
    String out =
        new String(
            kcat("-C", "-t", "rows-dead-letter", "-o", "beginning", "-e", "-q", "-J"),
            StandardCharsets.UTF_8);

    // Then
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(1);
    JsonNode letter = new ObjectMapper().readTree(lines.get(0));
    assertThat(letter.path("key").asText()).isEqualTo("broken");
    assertThat(letter.path("payload").asText()).isEqualTo("{\"a\":");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < letter.path("headers").size(); i += 2) {
      headers.put(
          letter.path("headers").path(i).asText(), letter.path("headers").path(i + 1).asText());
    }
    assertThat(headers)
        .containsEntry("trace", "7f3a")
        .containsEntry("weir.error.reason", "malformed")
        .containsEntry("weir.source.topic", "rows")
        .containsEntry("weir.source.partition", "0")
        .containsEntry("weir.source.offset", Integer.toString(GOOD + 1))
        .containsEntry("weir.application", "rows");
    assertThat(headers.get("weir.error.message")).isNotBlank();
  }

  private static byte[] kcat(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-b", broker.bootstrapServers()));
    all.addAll(List.of(arguments));
    return kcat.run(folder, LIMIT, all);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      assertThat(c).as("a byte of a line").isNotNegative();
      line.append((char) c);
    }
    return line.toString();
  }
}
