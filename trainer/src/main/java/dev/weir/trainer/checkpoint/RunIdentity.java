package dev.weir.trainer.checkpoint;

import dev.weir.model.bundle.Sha256;
import dev.weir.model.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What two runs must have in common for one to go on from the other's checkpoint.
 *
 * @param config a digest of all settings that training depends on
 * @param data a digest of the encoded history
 * @param software the versions of what computes it
 */
record RunIdentity(String config, String data, String software) {

  static RunIdentity of(String config, String data, Map<String, String> software) {
    return new RunIdentity(digest(config), data, String.join(", ", versions(software)));
  }

  private static String digest(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Iterable<String> versions(Map<String, String> software) {
    return software.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(library -> library.getKey() + " " + library.getValue())
        .toList();
  }

  /** As lines of text. */
  String text() {
    return "config=" + config + "\ndata=" + data + "\nsoftware=" + software + "\n";
  }

  /** Reads {@link #text()}; what is not there is empty. */
  static RunIdentity parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new RunIdentity(
        values.getOrDefault("config", ""),
        values.getOrDefault("data", ""),
        values.getOrDefault("software", ""));
  }

  /**
   * Refuses a checkpoint of another run.
   *
   * @param place where it is, for the message
   */
  void refuseOther(RunIdentity kept, Object place) {
    String other = null;
    if (!config.equals(kept.config)) {
      other =
          "another config: settings of the features, the split, the model, the search or the"
              + " contamination have changed since; change them back";
    } else if (!data.equals(kept.data)) {
      other =
          "other data: the history is no longer the same (has it grown? a topic needs a fixed"
              + " source.to)";
    } else if (!software.equals(kept.software)) {
      other = "other software (" + kept.software + "; this is " + software + ")";
    }
    if (other != null) {
      throw new InvalidInputException(
          "the checkpoint "
              + place
              + " cannot be resumed, because it is of "
              + other
              + ", or train anew without --resume");
    }
  }
}
