package dev.weir.trainer.family;

import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.SomNormalization;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.export.SomGraph;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.SomMap;
import dev.weir.trainer.som.SomSamples;
import dev.weir.trainer.som.SomTrainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fitted self-organising map; the score of a sample is its quantisation error: the squared
 * distance to its best matching unit, as the mean over the features that are present.
 */
final class SelfOrganisingMap implements FittedModel {
  private static final int SAMPLES_AT_ONCE = 4096;

  private final SomConfig config;
  private final Preprocessor preprocessor;
  private final SomTrainer.Result trained;

  SelfOrganisingMap(SomConfig config, Preprocessor preprocessor, SomTrainer.Result trained) {
    this.config = config;
    this.preprocessor = preprocessor;
    this.trained = trained;
  }

  @Override
  public String family() {
    return config.family();
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Preprocessor preprocessor() {
    return preprocessor;
  }

  @Override
  public double[] scores(Samples samples) {
    double[] scores = new double[samples.count()];
    for (int first = 0; first < scores.length; first += SAMPLES_AT_ONCE) {
      int end = Math.min(scores.length, first + SAMPLES_AT_ONCE);
      SomSamples inputs = SomSamples.of(preprocessor, samples, first, end);
      double[] errors = trained.map().bestMatches(inputs).errors();
      if (config.normalize() == SomNormalization.CELL) {
        double[] usual = trained.map().usualErrors().of(inputs);
        for (int i = 0; i < errors.length; i++) {
          errors[i] /= usual[i];
        }
      }
      System.arraycopy(errors, 0, scores, first, errors.length);
    }
    return scores;
  }

  @Override
  public GraphOutputs append(GraphFrame frame) {
    return SomGraph.append(frame, trained.map(), config.normalize());
  }

  @Override
  public Optional<Pretrained> pretrained() {
    return Optional.of(new Pretrained(config, preprocessor, SomTrainer.state(trained.map())));
  }

  @Override
  public Map<String, Object> hyperparameters() {
    SomMap map = trained.map();
    return config.describe(map.grid().rows(), map.grid().columns(), trained.radius());
  }

  @Override
  public List<EpochReport> epochs() {
    return trained.epochs();
  }

  @Override
  public Optional<SomMap> map() {
    return Optional.of(trained.map());
  }
}
