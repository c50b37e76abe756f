package dev.weir.trainer.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.SourceModel;
import dev.weir.model.config.ConfigException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small models that learn from large ones. */
final class DistilTest {
  @TempDir private Path folder;

  /** The manifold, and three features more that are noise alone. */
  private static Rows noisy(long seed, int count) {
    Rows rows = new Manifold(seed).rows(count);
    java.util.Random random = new java.util.Random(seed);
    float[] values = rows.copy();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.4 * SCALES[i % Manifold.WIDTH] * random.nextGaussian());
    }
    return Rows.of(values, Manifold.WIDTH);
  }

  private static final double[] SCALES = {1, 10, 0.01, 1000, 1, 5, 100, 0.1};

  @ParameterizedTest
  @CsvSource({"autoencoder, 1", "vae, 1", "gru-autoencoder, 2"})
  void shouldScoreMoreLikeItsTeacher(String family, int window) throws IOException {
    // Given a teacher that has seen much, and little history for the student
    TransferRuns runs = new TransferRuns(folder);
    Bundle teacher =
        runs.train(
            "teacher",
            runs.write("much.csv", noisy(1, 4000)),
            "model.hiddenLayers=[32,2]",
            "model.epochs=25",
            "model.learningRate=5e-3");
    Path little = runs.write("little.csv", noisy(2, 400));
    String[] student = {
      "model.family=" + family,
      "model.window=" + window,
      family.startsWith("gru") ? "model.codeSize=2" : "model.hiddenLayers=[12,2]",
      "model.epochs=" + (family.equals("autoencoder") ? 120 : 40),
      "model.patience=40",
      "model.learningRate=5e-3"
    };

    // When
    Bundle alone = runs.train("alone", little, student);
    String[] settings = Arrays.copyOf(student, student.length + 2);
    settings[student.length] = "distil.teacher=" + teacher.folder();
    settings[student.length + 1] = "distil.weight=0.8";
    Bundle taught = runs.train("taught", little, settings);

    // Then
    Rows later = noisy(3, 1000);
    double[] wanted = TransferRuns.scores(teacher, later);
    double[] of = Arrays.copyOfRange(wanted, window - 1, wanted.length);
    double with = rankCorrelation(of, TransferRuns.scores(taught, later));
    double without = rankCorrelation(of, TransferRuns.scores(alone, later));
    assertThat(with).isGreaterThan(without + 0.02);
    assertThat(taught.manifest().provenance().teacher())
        .isEqualTo(SourceModel.of(teacher.manifest()));
    assertThat(taught.manifest().provenance().hyperparameters())
        .containsEntry("teacherWeight", 0.8);
    assertThat(alone.manifest().provenance().teacher()).isNull();
  }

  /** Spearman's. */
  private static double rankCorrelation(double[] a, double[] b) {
    int[] ranksA = ranks(a);
    int[] ranksB = ranks(b);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += Math.pow((double) ranksA[i] - ranksB[i], 2);
    }
    double n = a.length;
    return 1 - 6 * squares / (n * (n * n - 1));
  }

  private static int[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  @Test
  void shouldLearnFromTeacherWithLongerWindow() throws IOException {
    // Given a map over four rows, and gaps in the history
    TransferRuns runs = new TransferRuns(folder);
    Path csv = runs.write("history.csv", noisy(1, 400));
    Bundle teacher =
        runs.train("teacher", csv, "model.family=som", "model.window=4", "model.epochs=2");

    // When
    Bundle taught =
        runs.train("taught", csv, "model.epochs=2", "distil.teacher=" + teacher.folder());

    // Then
    assertThat(taught.manifest().window()).isEqualTo(1);
    assertThat(taught.manifest().features()).isEqualTo(teacher.manifest().features());
  }

  @Test
  void shouldRefuseStudentWithoutNetworkAndWrongWeight() throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Path csv = runs.write("history.csv", noisy(1, 400));
    Bundle teacher = runs.train("teacher", csv, "model.family=pca");
    String from = "distil.teacher=" + teacher.folder();

    // When / Then
    assertThatThrownBy(() -> runs.train("taught", csv, from, "model.family=som"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs a network to learn from it, and model.family is som");
    assertThatThrownBy(() -> runs.train("taught", csv, from, "distil.weight=1.5"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("distil.weight");
  }
}
