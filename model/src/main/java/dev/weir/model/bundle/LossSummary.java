package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How a training in epochs went.
 *
 * @param training the loss over the training rows, for each epoch from the first
 * @param validation the loss over the validation rows, likewise
 * @param kept the epoch whose weights are the model's, from 1; null if none was better than what
 *     the training began with
 * @param atMost how many epochs there could have been
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LossSummary(
    List<Double> training, List<Double> validation, Integer kept, int atMost) {

  public LossSummary {
    training = training == null ? List.of() : List.copyOf(training);
    validation = validation == null ? List.of() : List.copyOf(validation);
    if (training.size() != validation.size()) {
      throw new IllegalArgumentException(
          training.size() + " losses in training, and " + validation.size() + " in validation");
    }
  }
}
