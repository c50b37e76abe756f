package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.cli.evaluate.EvaluationData;
import dev.weir.cli.evaluate.OfflineScores;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.scorer.PipelineStatus;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream must give the same scores as the file: one encoder, one graph, whatever the batch. */
class StreamedScoresIT {
  private static final double ROUNDING = 1e-6;

  @TempDir Path folder;

  @Test
  void shouldScoreAStreamAsItScoresAFile() throws Exception {
    // Given a model, and a file that it has not seen
    Bundle bundle = TinyBundle.train(folder);
    Path file = TinyHistory.csv(folder.resolve("new.csv"), 3000, 2);

    // When, then
    assertSameScores(bundle, file);
  }

  @Test
  void shouldScoreARealServersStreamAsItScoresItsFile() throws Exception {
    // Given
    Path smd = dataFolder().resolve("smd");
    Path history = smd.resolve("machine-1-6_train.csv.gz");
    Path file = smd.resolve("machine-1-6_test.csv.gz");
    Assumptions.assumeTrue(
        Files.exists(file),
        "skipped: there is no " + file + "; set WEIR_DATA to the folder of the data sets");
    TrainConfig config =
        ConfigReader.of(
            List.of(
                "name=smd",
                "source.type=csv",
                "source.files=" + history,
                "source.timeColumn=timestamp",
                "features.include=['f*']",
                "model.epochs=3"),
            TrainConfig.class);
    Bundle bundle =
        new TrainingRun(config, TrainingProgress.SILENT, Clock.systemUTC())
            .run(folder.resolve("bundle"));

    // When, then
    assertSameScores(bundle, file);
  }

  private static Path dataFolder() {
    String named = System.getenv("WEIR_DATA");
    return named == null ? Path.of("../../shared/data") : Path.of(named);
  }

  private void assertSameScores(Bundle bundle, Path file) throws Exception {
    float[] offline =
        OfflineScores.of(
                bundle,
                new EvaluationData(
                    file.toString(), Optional.empty(), Optional.empty(), Optional.empty()))
            .scores();
    float[] streamed = stream(bundle, file, offline.length);
    double worst = 0;
    for (int i = 0; i < offline.length; i++) {
      double difference = Math.abs(offline[i] - streamed[i]);
      worst = Math.max(worst, difference / Math.max(Math.abs(offline[i]), 1e-6));
    }
    assertThat(worst).as("largest relative difference of a score").isLessThan(ROUNDING);
  }

  /** The scores of the file's rows, in their order, after a way through Kafka. */
  private float[] stream(Bundle bundle, Path file, int rows) throws Exception {
    FileData data = new FileData(file);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        RecordSender sender = new RecordSender(broker.bootstrapServers(), "rows")) {
      broker.createTopic("rows", 1);
      try (ScorerApplication scorer = ScorerApplication.start(config(bundle, broker))) {
        assertThat(scorer.pipelines())
            .extracting(PipelineStatus::model)
            .containsExactly(bundle.manifest());
        sender.sendAll(data.history(), () -> false);
        sender.sendAll(data.stream(), () -> false);
        return read(broker, rows);
      }
    }
  }

  private ScorerConfig config(Bundle bundle, EmbeddedBroker broker) {
    return ConfigReader.of(
        List.of(
            "applicationId=same-scores",
            "kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "kafka.state.dir=" + folder.resolve("state"),
            "input.topic=rows",
            "model.path=" + bundle.folder(),
            "output.scored=scored",
            "output.createTopics=true",
            "schemaRegistry.schema.registry.url=mock://same-scores",
            "batch.maxRows=100",
            "http.port=0"),
        ScorerConfig.class);
  }

  private static float[] read(EmbeddedBroker broker, int rows) {
    float[] scores = new float[rows];
    Arrays.fill(scores, Float.NaN);
    try (KafkaConsumer<byte[], ScoredRecord> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new ByteArrayDeserializer(),
            new AvroDeserializer<>(
                MockSchemaRegistry.ofScope("same-scores"), ScoredRecord.class))) {
      consumer.assign(List.of(new TopicPartition("scored", 0)));
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      int read = 0;
      while (read < rows && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], ScoredRecord> record : consumer.poll(Duration.ofMillis(200))) {
          ScoredRecord scored = record.value();
          scores[(int) scored.getSourceOffset()] = (float) scored.getScore();
          read++;
        }
      }
      assertThat(read).as("records that came out").isEqualTo(rows);
    }
    return scores;
  }
}
