package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code manifest.json} says of a model.
 *
 * @param formatVersion of the bundle's layout; a reader refuses those it does not know
 * @param name what the user calls the model
 * @param version tells two trainings of one model apart
 * @param family the kind of network: {@code autoencoder}, …
 * @param window how many consecutive records of a key the model looks at together; 1 for the record
 *     alone
 * @param maxGapMillis after a longer time without a record of a key, what the encoder remembers of
 *     the key begins anew; null if it never does
 * @param features what the model looks at, in the order of its input's columns
 * @param calibration how scores become probabilities
 * @param threshold from where on a record is anomalous
 * @param provenance where the model comes from
 * @param modelSha256 of {@code model.onnx}, in lower-case hex
 * @param training what the training showed, for people; null in bundles that do not say
 * @param distributions how the features are spread in the training part, for measuring drift; empty
 *     in bundles that do not say. Features that follow the clock have none
 */
public record Manifest(
    int formatVersion,
    String name,
    String version,
    String family,
    int window,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long maxGapMillis,
    FeatureSpec features,
    Calibration calibration,
    AlertThreshold threshold,
    Provenance provenance,
    String modelSha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) TrainingSummary training,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FeatureDistribution> distributions) {

  /** The layout that this code writes, and the newest that it reads. */
  public static final int FORMAT_VERSION = 1;

  @JsonCreator
  public Manifest {
    require(name, "name");
    require(version, "version");
    require(family, "family");
    if (window < 1) {
      throw new IllegalArgumentException("'window' must be at least 1, but is " + window);
    }
    if (maxGapMillis != null && maxGapMillis < 1) {
      throw new IllegalArgumentException(
          "'maxGapMillis' must be at least 1, but is " + maxGapMillis);
    }
    require(features, "features");
    require(calibration, "calibration");
    require(threshold, "threshold");
    require(provenance, "provenance");
    require(modelSha256, "modelSha256");
    distributions = distributions == null ? List.of() : List.copyOf(distributions);
    checkDistributions(features, distributions);
  }

  private static void checkDistributions(
      FeatureSpec features, List<FeatureDistribution> distributions) {
    Set<String> seen = new HashSet<>();
    for (FeatureDistribution distribution : distributions) {
      String name = distribution.feature();
      if (!seen.add(name)) {
        throw new IllegalArgumentException("'distributions' has two of '" + name + "'");
      }
      int column = features.names().indexOf(name);
      if (column < 0) {
        throw new IllegalArgumentException(
            "'distributions' has one of '" + name + "', which is no feature of the model");
      }
      distribution.checkAgainst(features.features().get(column));
    }
  }

  /** Says it without a word on how features are spread. */
  public Manifest(
      int formatVersion,
      String name,
      String version,
      String family,
      int window,
      Long maxGapMillis,
      FeatureSpec features,
      Calibration calibration,
      AlertThreshold threshold,
      Provenance provenance,
      String modelSha256,
      TrainingSummary training) {
    this(
        formatVersion,
        name,
        version,
        family,
        window,
        maxGapMillis,
        features,
        calibration,
        threshold,
        provenance,
        modelSha256,
        training,
        List.of());
  }

  /** Says it of a model that looks at each record alone. */
  public Manifest(
      int formatVersion,
      String name,
      String version,
      String family,
      FeatureSpec features,
      Calibration calibration,
      AlertThreshold threshold,
      Provenance provenance,
      String modelSha256) {
    this(
        formatVersion,
        name,
        version,
        family,
        1,
        null,
        features,
        calibration,
        threshold,
        provenance,
        modelSha256,
        null);
  }

  /** Says it without a word on the training. */
  public Manifest(
      int formatVersion,
      String name,
      String version,
      String family,
      int window,
      FeatureSpec features,
      Calibration calibration,
      AlertThreshold threshold,
      Provenance provenance,
      String modelSha256) {
    this(
        formatVersion,
        name,
        version,
        family,
        window,
        null,
        features,
        calibration,
        threshold,
        provenance,
        modelSha256,
        null);
  }

  /** After how long without a record of a key its state begins anew; never if empty. */
  public Optional<Duration> maxGap() {
    return Optional.ofNullable(maxGapMillis).map(Duration::ofMillis);
  }

  private static void require(Object value, String key) {
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
  }
}
