package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clients in {@code src/it/node}, installed by npm in a copy within the build's folder. */
final class NodeProject {
  static final Path SOURCE = Path.of("src", "it", "node");

  private static final Path COPY = Path.of("target", "interop-node");
  private static final Path INSTALLED = Path.of("node_modules", "installed-lock.json");
  private static final String LOCK = "package-lock.json";
  private static final Duration TO_INSTALL = Duration.ofMinutes(8);
  private static final Duration TO_RUN = Duration.ofMinutes(2);
  private static final int OLDEST_NODE = 18;
  private static final String REMEDY =
      "install Node.js " + OLDEST_NODE + " or newer with npm, for example Debian's nodejs and npm";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ForeignProgram node;

  private NodeProject(ForeignProgram node) {
    this.node = node;
  }

  /** Fetches what the lock file names, unless that has been done; ends the test without Node.js. */
  static NodeProject install() throws Exception {
    ForeignProgram node = ForeignProgram.require("node", REMEDY);
    ForeignProgram npm = ForeignProgram.require("npm", REMEDY);
    String version = text(node.run(Path.of("."), TO_RUN, List.of("--version"))).trim();
    if (Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
      throw ForeignProgram.missing("Node.js " + version + " is too old; " + REMEDY);
    }
    Files.createDirectories(COPY);
    // Tests run in several processes at a time.
    try (FileChannel channel =
            FileChannel.open(
                COPY.resolveSibling(COPY.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).as("the lock of " + COPY).isTrue();
      copy();
      Path installed = COPY.resolve(INSTALLED);
      Path lock = COPY.resolve(LOCK);
      if (!Files.exists(installed) || Files.mismatch(installed, lock) != -1) {
        npm.run(COPY, TO_INSTALL, List.of("ci", "--prefer-offline", "--no-progress"));
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new NodeProject(node);
  }

  /** Runs a script with a job as its input; returns what it printed, an object a line. */
  List<JsonNode> run(String script, Map<String, ?> job) throws Exception {
    String input = JSON.writeValueAsString(job);
    byte[] out = node.run(COPY, TO_RUN, List.of("--no-warnings", script), input);
    try (MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(out)) {
      return lines.readAll();
    }
  }

  private static void copy() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = COPY.resolve(SOURCE.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
