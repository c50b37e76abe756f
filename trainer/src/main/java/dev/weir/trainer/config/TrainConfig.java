package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * A training's whole config.
 *
 * @param name what the model is called; in alerts and metrics, too
 * @param version tells trainings apart; the first characters of the model's checksum if not given
 * @param source where the history is
 * @param features what of it the model looks at
 * @param split which part of it is for what
 * @param model the family and how it is trained
 * @param threshold how many false alarms are bearable
 * @param output the bundle's folder, if the command line does not name it
 */
public record TrainConfig(
    String name,
    String version,
    SourceConfig source,
    FeatureSelection features,
    SplitConfig split,
    ModelConfig model,
    ThresholdConfig threshold,
    String output) {

  public TrainConfig {
    Check.present("name", name, "what the model is called, for example 'name: web-servers'");
    Check.present("source", source, "where the history is; see examples/");
    features = Check.orElse(features, FeatureSelection.ALL);
    split = Check.orElse(split, SplitConfig.DEFAULT);
    model = Check.orElse(model, AutoencoderConfig.DEFAULT);
    threshold = Check.orElse(threshold, ThresholdConfig.DEFAULT);
  }
}
