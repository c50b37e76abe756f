package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir train} as a process that is killed, asked to stop, and gone on with. */
final class TrainingKillIT {
  private static final long MOST_SECONDS = 300;

  @TempDir private Path folder;

  @Test
  void shouldGiveVerySameModelAfterKillAndSignal() throws Exception {
    // Given a training that lasts long enough to be caught
    Path csv = TinyHistory.csv(folder.resolve("history.csv"), 15_000, 1);
    Path config =
        Files.writeString(
            folder.resolve("train.yaml"),
            """
            name: test
            source:
              type: csv
              files: %s
            model:
              epochs: 25
              patience: 25
              batchSize: 32
              activation: linear
              hiddenLayers: [2, 1]
            """
                .formatted(csv));
    Path checkpoint = folder.resolve("resumed.checkpoint");
    Path kept = checkpoint.resolve("training-1");
    File log = folder.resolve("resumed.log").toFile();

    // When it is killed once it has kept something
    Process first = train(config, "resumed", log, "--resume");
    try {
      awaitChange(first, kept, -1);
    } finally {
      first.destroyForcibly().waitFor();
    }
    long before = Files.getLastModifiedTime(kept).toMillis();

    // And asked to stop after it has gone on
    Process second = train(config, "resumed", log, "--resume");
    try {
      awaitChange(second, kept, before);
      second.destroy();
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      second.destroyForcibly().waitFor();
    }
    assertThat(Files.readString(log.toPath()))
        .contains("there is no checkpoint " + checkpoint)
        .contains("resuming from " + checkpoint)
        .containsPattern("training was stopped in epoch \\d+; .* --resume goes on from there");
    assertThat(folder.resolve("resumed")).doesNotExist();

    // And gone on with to its end
    finish(train(config, "resumed", log, "--resume"), log);

    // Then
    finish(train(config, "whole", log), log);
    assertThat(Files.readAllBytes(folder.resolve("resumed/model.onnx")))
        .isEqualTo(Files.readAllBytes(folder.resolve("whole/model.onnx")));
    assertThat(checkpoint).doesNotExist();
  }

  private Process train(Path config, String output, File log, String... options)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.cli.Weir",
                "train",
                config.toString(),
                "--out",
                folder.resolve(output).toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  /** Waits until a file is there, and was changed since. */
  private static void awaitChange(Process process, Path file, long since) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!Files.exists(file) || Files.getLastModifiedTime(file).toMillis() <= since) {
      assertThat(process.isAlive()).as("it should be training still").isTrue();
      assertThat(System.nanoTime()).as("waited for " + file).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void finish(Process process, File log) throws Exception {
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
