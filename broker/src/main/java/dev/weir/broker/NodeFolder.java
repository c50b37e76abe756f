package dev.weir.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one node: {@code data/} with Kafka's logs, {@code server.properties} with the
 * settings of the latest start, and {@code port} with the port that the node last served.
 *
 * @param path where it is, absolute
 * @param temporary whether it goes away with the broker
 */
record NodeFolder(Path path, boolean temporary) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFolder.class);

  static NodeFolder fresh() {
    try {
      return new NodeFolder(Files.createTempDirectory("weir-broker-").toAbsolutePath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot create a temporary folder for the embedded broker in "
              + System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  static NodeFolder at(Path dir) {
    try {
      return new NodeFolder(Files.createDirectories(dir).toAbsolutePath(), false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the embedded broker's folder " + dir, e);
    }
  }

  Path data() {
    return path.resolve("data");
  }

  OptionalInt rememberedPort() {
    Path file = portFile();
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException(
          "Cannot read the embedded broker's last port from %s; delete that file to have a new port"
              .formatted(file),
          e);
    }
  }

  void rememberPort(int port) {
    try {
      Files.writeString(portFile(), port + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot note the embedded broker's port in " + portFile(), e);
    }
  }

  /**
   * Writes the settings down and makes {@code data/} ready for Kafka; what it holds already stays.
   */
  void format(Map<String, String> settings) {
    Path file = path.resolve("server.properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "Written anew by every start of Weir's embedded broker");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the embedded broker's settings to " + file, e);
    }
    if (!Files.exists(data().resolve("meta.properties"))) {
      formatData(file);
    }
  }

  private void formatData(Path settings) {
    String cluster = Uuid.randomUuid().toString();
    String[] command = {"format", "--cluster-id", cluster, "--config", settings.toString()};
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status;
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      status = StorageTool.execute(command, out);
    }
    String text = said.toString(StandardCharsets.UTF_8).strip();
    if (status != 0) {
      throw new IllegalStateException("Kafka cannot format %s: %s".formatted(data(), text));
    }
    LOG.atDebug().addKeyValue("folder", path).log(text);
  }

  /** Deletes the folder if it is temporary. What cannot be deleted is left, with a warning. */
  void release() {
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.atWarn()
          .addKeyValue("folder", path)
          .setCause(e)
          .log("Cannot delete the embedded broker's temporary folder, delete it by hand");
    }
  }

  private Path portFile() {
    return path.resolve("port");
  }
}
