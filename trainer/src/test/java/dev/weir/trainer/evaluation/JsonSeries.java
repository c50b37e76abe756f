package dev.weir.trainer.evaluation;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads {@code scores} and 0/1 {@code labels} from a fixture. */
final class JsonSeries {
  private JsonSeries() {}

  static ScoredSeries read(JsonNode fixture) {
    JsonNode scores = fixture.get("scores");
    JsonNode labels = fixture.get("labels");
    double[] score = new double[scores.size()];
    boolean[] label = new boolean[labels.size()];
    for (int i = 0; i < score.length; i++) {
      score[i] = scores.get(i).asDouble();
      label[i] = labels.get(i).asInt() == 1;
    }
    return new ScoredSeries(score, label);
  }
}
