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
 * @param contamination how much of the history is anomalous itself, and is left out
 * @param model the family and how it is trained; null if it is searched for, or for {@code
 *     fineTune} to say
 * @param search which models are tried, if it is searched for; null if {@code model} says it
 * @param threshold from where on a record is anomalous
 * @param labelled rows of which the truth is known, if there are any
 * @param fineTune the model that it begins with; null to begin anew
 * @param distil the model that it learns from, besides the history; null if there is none
 * @param output the bundle's folder, if the command line does not name it
 */
public record TrainConfig(
    String name,
    String version,
    SourceConfig source,
    FeatureSelection features,
    SplitConfig split,
    String contamination,
    ModelConfig model,
    SearchConfig search,
    ThresholdConfig threshold,
    LabelledConfig labelled,
    FineTuneConfig fineTune,
    DistilConfig distil,
    String output) {

  public TrainConfig {
    Check.present("name", name, "what the model is called, for example 'name: web-servers'");
    Check.present("source", source, "where the history is; see examples/");
    features = Check.orElse(features, FeatureSelection.ALL);
    split = Check.orElse(split, SplitConfig.DEFAULT);
    contamination = new Contamination(Check.orElse(contamination, "none")).text();
    if (search == null && fineTune == null) {
      model = Check.orElse(model, AutoencoderConfig.DEFAULT);
    }
    if (search != null) {
      refuseBesideSearch("model", model, "list the model under search.candidates");
      refuseBesideSearch("fineTune", fineTune, "the bundle says which model is trained further");
      refuseBesideSearch("distil", distil, "search first, and teach what was found");
    }
    if (features.maxGap() != null
        && source instanceof FileSourceConfig files
        && files.timeColumn() == null) {
      throw Check.refuse(
          "features.maxGap", "needs 'source.timeColumn', the column that says when a row happened");
    }
    threshold = Check.orElse(threshold, ThresholdConfig.DEFAULT);
    if (threshold.labels() != null) {
      Check.present("labelled", labelled, "threshold.labels needs it; the files of labelled rows");
    }
  }

  /** The same with other features and another model. */
  public TrainConfig with(FeatureSelection otherFeatures, ModelConfig otherModel) {
    return new TrainConfig(
        name,
        version,
        source,
        otherFeatures,
        split,
        contamination,
        otherModel,
        search,
        threshold,
        labelled,
        fineTune,
        distil,
        output);
  }

  private static void refuseBesideSearch(String key, Object value, String advice) {
    if (value != null) {
      throw Check.refuse("search", "and '" + key + "' exclude each other; " + advice);
    }
  }

  /** How much of the history is anomalous itself. */
  public Contamination trimming() {
    return new Contamination(contamination);
  }

  /** The longest window of any model that is tried. */
  public int longestWindow() {
    return search == null ? model.window() : search.longestWindow();
  }
}
