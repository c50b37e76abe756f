package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * Where a model comes from: enough to say whether two models are comparable, and to train it again.
 *
 * @param createdAt when it was trained; the only part that differs between two equal trainings
 * @param dataFingerprint SHA-256 over the encoded rows, in their order
 * @param trainingRows rows that the network was fitted on
 * @param validationRows rows that decided when to stop
 * @param calibrationRows rows that the score distribution was fitted on
 * @param hyperparameters every setting of the family, defaults included
 * @param seed of initialisation and shuffling
 * @param libraries versions of what computed it
 * @param parent the model that it was fine-tuned from; null if it was trained anew
 * @param teacher the model that it learned from besides its history; null if there was none
 */
public record Provenance(
    Instant createdAt,
    String dataFingerprint,
    long trainingRows,
    long validationRows,
    long calibrationRows,
    Map<String, Object> hyperparameters,
    long seed,
    Map<String, String> libraries,
    @JsonInclude(JsonInclude.Include.NON_NULL) SourceModel parent,
    @JsonInclude(JsonInclude.Include.NON_NULL) SourceModel teacher) {

  @JsonCreator
  public Provenance {}

  /** Of a model that was trained anew. */
  public Provenance(
      Instant createdAt,
      String dataFingerprint,
      long trainingRows,
      long validationRows,
      long calibrationRows,
      Map<String, Object> hyperparameters,
      long seed,
      Map<String, String> libraries) {
    this(
        createdAt,
        dataFingerprint,
        trainingRows,
        validationRows,
        calibrationRows,
        hyperparameters,
        seed,
        libraries,
        null,
        null);
  }
}
