package dev.weir.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that was interrupted and goes on. */
final class ResumeTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-10-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void writeHistory() throws IOException {
    csv = folder.resolve("history.csv");
    write(new Manifold(8).rows(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.epochs=6                                                          |  17
          model.epochs=6                                                          |  27
          model.epochs=5, model.dropout=0.3, model.weightDecay=0.01               |  31
          model.epochs=5, model.regularization=denoising                          |  22
          model.family=vae, model.epochs=6                                        |  30
          model.family=gru-autoencoder, model.window=4, model.epochs=4, model.masking=0.2 | 20
          model.family=transformer-autoencoder, model.window=4, model.epochs=3, model.dropout=0.1 | 15
          model.family=som, model.epochs=8                                        |   5
          model.family=som, model.epochs=8, model.training=online                 |   3
          model.epochs=4, contamination=0.05                                      |  50
          """)
  void shouldGiveVerySameBundleAsRunThatWasNotInterrupted(String settings, int batches)
      throws IOException {
    // Given
    TrainConfig config = config(settings.split(", "));
    Bundle whole = run(config, "whole", false, Integer.MAX_VALUE);

    // When
    assertThatThrownBy(() -> run(config, "resumed", false, batches))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageContaining("--resume");
    assertThat(folder.resolve("resumed")).doesNotExist();
    assertThat(folder.resolve("resumed.checkpoint")).isDirectoryContaining("glob:**training-1");
    RecordedProgress progress = new RecordedProgress();
    Bundle resumed = run(config, "resumed", true, Integer.MAX_VALUE, progress);

    // Then
    assertThat(progress.steps()).anyMatch(step -> step.startsWith("resuming from "));
    assertThat(Files.readAllBytes(resumed.modelFile()))
        .isEqualTo(Files.readAllBytes(whole.modelFile()));
    assertThat(resumed.manifest()).isEqualTo(whole.manifest());
    assertThat(Files.readString(resumed.reportFile()))
        .isEqualTo(Files.readString(whole.reportFile()));
    assertThat(folder.resolve("resumed.checkpoint")).doesNotExist();
  }

  @Test
  void shouldGoOnAgainAndAgain() throws IOException {
    // Given
    TrainConfig config = config("model.epochs=4", "model.dropout=0.1");
    Bundle whole = run(config, "whole", false, Integer.MAX_VALUE);

    // When it is stopped after every seventh step
    int stops = 0;
    Bundle resumed = null;
    while (resumed == null) {
      try {
        resumed = run(config, "resumed", true, 7);
      } catch (TrainingStoppedException e) {
        stops++;
      }
    }

    // Then
    assertThat(stops).isGreaterThan(4);
    assertThat(resumed.manifest()).isEqualTo(whole.manifest());
  }

  @Test
  void shouldNotTrainFinishedMembersAgain() throws IOException {
    // Given an ensemble whose first member has 9 batches in each of 5 epochs
    TrainConfig config =
        config(
            "model.family=ensemble",
            "model.members=[{family: autoencoder, epochs: 5}, {family: pca}, {family: vae, epochs:"
                + " 5}]");
    Bundle whole = run(config, "whole", false, Integer.MAX_VALUE);
    assertThatThrownBy(() -> run(config, "resumed", false, 60))
        .isInstanceOf(TrainingStoppedException.class);

    // When
    RecordedProgress progress = new RecordedProgress();
    Bundle resumed = run(config, "resumed", true, Integer.MAX_VALUE, progress);

    // Then
    assertThat(progress.steps()).contains("this training was finished before");
    assertThat(progress.batches()).hasSizeLessThan(45).isNotEmpty();
    assertThat(resumed.manifest()).isEqualTo(whole.manifest());
  }

  @Test
  void shouldNotTrainFinishedCandidatesOfSearchAgain() throws IOException {
    // Given candidates of which the first has 9 batches in each of 5 epochs; the third is begun
    String candidates =
        "search.candidates=[{family: autoencoder, epochs: 5}, {family: pca}, {family: vae, epochs:"
            + " 5}, {family: autoencoder, epochs: 3}]";
    TrainConfig config = config(candidates);
    Bundle whole = run(config, "whole", false, Integer.MAX_VALUE);
    assertThatThrownBy(() -> run(config, "resumed", false, 60))
        .isInstanceOf(TrainingStoppedException.class);
    assertThat(folder.resolve("resumed.checkpoint"))
        .isDirectoryContaining("glob:**candidate-1-training-1")
        .isDirectoryContaining("glob:**candidate-3-training-1");

    // When it has more time than before
    RecordedProgress progress = new RecordedProgress();
    Bundle resumed =
        run(config(candidates, "search.budget=1h"), "resumed", true, Integer.MAX_VALUE, progress);

    // Then
    assertThat(progress.batches()).hasSizeLessThan(45 + 27 - 10).hasSizeGreaterThan(27);
    assertThat(Files.readAllBytes(resumed.modelFile()))
        .isEqualTo(Files.readAllBytes(whole.modelFile()));
    assertThat(resumed.manifest()).isEqualTo(whole.manifest());
    assertThat(folder.resolve("resumed.checkpoint")).doesNotExist();
  }

  @Test
  void shouldEndSearchWhoseCheckpointIsOfOtherCandidatesOrDamaged() throws IOException {
    // Given
    String candidates =
        "search.candidates=[{family: pca}, {family: autoencoder, epochs: 5}, {family: som}]";
    assertThatThrownBy(() -> run(config(candidates), "resumed", false, 20))
        .isInstanceOf(TrainingStoppedException.class);

    // When / Then
    assertThatThrownBy(
            () ->
                run(
                    config(candidates.replace("pca}", "pca, components: 1}")),
                    "resumed",
                    true,
                    Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("of another config");
    Files.writeString(folder.resolve("resumed.checkpoint/candidate-2-training-1"), "nonsense");
    assertThatThrownBy(() -> run(config(candidates), "resumed", true, Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("candidate-2-training-1 is damaged");
  }

  @Test
  void shouldWriteAtEndsOfEpochsAndSurviveWithoutBeingAskedToStop() throws IOException {
    // Given a run that dies after 30 steps without a word, with a checkpoint after each epoch
    TrainConfig config = config("model.epochs=6");
    Bundle whole = run(config, "whole", false, Integer.MAX_VALUE);
    CheckpointOptions eachEpoch =
        new CheckpointOptions(true, Duration.ZERO, Duration.ofDays(1), new StopRequest());
    assertThatThrownBy(
            () ->
                new TrainingRun(config, new Dying(30), CLOCK, eachEpoch)
                    .run(folder.resolve("resumed")))
        .isInstanceOf(IllegalStateException.class);

    // When
    RecordedProgress progress = new RecordedProgress();
    Bundle resumed =
        new TrainingRun(config, progress, CLOCK, eachEpoch).run(folder.resolve("resumed"));

    // Then 9 batches an epoch: three were whole
    assertThat(progress.steps()).contains("going on in epoch 4");
    assertThat(progress.epochs().get(0).epoch()).isEqualTo(4);
    assertThat(resumed.manifest()).isEqualTo(whole.manifest());
  }

  @Test
  void shouldRefuseCheckpointOfAnotherConfigOrOtherData() throws IOException {
    // Given
    assertThatThrownBy(() -> run(config("model.epochs=6"), "resumed", false, 20))
        .isInstanceOf(TrainingStoppedException.class);

    // When / Then
    assertThatThrownBy(() -> run(config("model.epochs=7"), "resumed", true, Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("resumed.checkpoint")
        .hasMessageContaining("of another config");
    write(new Manifold(9).rows(400));
    assertThatThrownBy(() -> run(config("model.epochs=6"), "resumed", true, Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("of other data")
        .hasMessageContaining("train anew without --resume");
  }

  @Test
  void shouldBeginAnewAndSaySo() throws IOException {
    // Given no checkpoint
    TrainConfig config = config("model.epochs=3");
    RecordedProgress progress = new RecordedProgress();

    // When
    Bundle bundle = run(config, "resumed", true, Integer.MAX_VALUE, progress);

    // Then
    assertThat(progress.steps())
        .anyMatch(step -> step.matches("there is no checkpoint .* training begins anew"));

    // Given one that nobody wants
    assertThatThrownBy(() -> run(config("model.epochs=9"), "resumed", false, 20))
        .isInstanceOf(TrainingStoppedException.class);
    RecordedProgress other = new RecordedProgress();

    // When
    Bundle again = run(config, "resumed", false, Integer.MAX_VALUE, other);

    // Then
    assertThat(other.steps()).anyMatch(step -> step.contains("begins anew and replaces it"));
    assertThat(again.manifest()).isEqualTo(bundle.manifest());
    assertThat(folder.resolve("resumed.checkpoint")).doesNotExist();
  }

  @Test
  void shouldRefuseDamagedCheckpointAndForeignFolder() throws IOException {
    // Given
    TrainConfig config = config("model.epochs=6");
    assertThatThrownBy(() -> run(config, "resumed", false, 20))
        .isInstanceOf(TrainingStoppedException.class);
    Path file = folder.resolve("resumed.checkpoint/training-1");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    // When / Then
    assertThatThrownBy(() -> run(config, "resumed", true, Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training-1 is damaged (its checksum does not fit)");
    Files.writeString(folder.resolve("resumed.checkpoint/thesis.txt"), "years of work");
    assertThatThrownBy(() -> run(config, "resumed", false, Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("something else is there");
    assertThat(folder.resolve("resumed.checkpoint/thesis.txt")).exists();
  }

  /** Asks a run to stop after so many steps. */
  private static final class Stopping extends RecordedProgress {
    private final StopRequest stop;
    private int left;

    Stopping(StopRequest stop, int left) {
      this.stop = stop;
      this.left = left;
    }

    @Override
    public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
      super.batch(epoch, ofEpochs, rowsDone, rows);
      if (--left == 0) {
        assertThat(stop.ask()).isTrue();
      }
    }
  }

  /** Ends a run after so many steps. */
  private static final class Dying extends RecordedProgress {
    private int left;

    Dying(int left) {
      this.left = left;
    }

    @Override
    public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
      if (--left == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }

  private Bundle run(TrainConfig config, String target, boolean resume, int batches) {
    StopRequest stop = new StopRequest();
    return new TrainingRun(
            config, new Stopping(stop, batches), CLOCK, CheckpointOptions.of(resume, stop))
        .run(folder.resolve(target));
  }

  private Bundle run(
      TrainConfig config, String target, boolean resume, int batches, RecordedProgress progress) {
    assertThat(batches).isEqualTo(Integer.MAX_VALUE);
    return new TrainingRun(config, progress, CLOCK, CheckpointOptions.of(resume, new StopRequest()))
        .run(folder.resolve(target));
  }

  private TrainConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(List.of("name=web", "source.type=csv", "source.files=" + csv));
    all.addAll(Arrays.asList(settings));
    return ConfigReader.of(all, TrainConfig.class);
  }

  private void write(Rows rows) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", Manifold.NAMES)).append('\n');
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.width(); j++) {
        text.append(j == 0 ? "" : ",").append(rows.at(i, j));
      }
      text.append('\n');
    }
    Files.writeString(csv, text);
  }
}
