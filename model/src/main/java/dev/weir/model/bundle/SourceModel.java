package dev.weir.model.bundle;

/**
 * A model that another one was made of.
 *
 * @param name what the user calls it
 * @param version tells its trainings apart
 * @param modelSha256 of its {@code model.onnx}, in lower-case hex
 */
public record SourceModel(String name, String version, String modelSha256) {

  /** The model that a manifest describes. */
  public static SourceModel of(Manifest manifest) {
    return new SourceModel(manifest.name(), manifest.version(), manifest.modelSha256());
  }

  @Override
  public String toString() {
    return name + " " + version + " (" + modelSha256 + ")";
  }
}
