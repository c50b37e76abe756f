package dev.weir.scorer.console;

import dev.weir.model.bundle.Sha256;
import dev.weir.scorer.http.Answer;
import dev.weir.scorer.http.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The console's own files, which a browser gets as they are in the jar. */
final class ConsoleFiles {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private ConsoleFiles() {}

  /** Read once, by the paths where they are served. */
  static Map<String, Page> pages() {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", page("index.html", "text/html; charset=utf-8"));
    pages.put("/console/console.css", page("console.css", "text/css; charset=utf-8"));
    pages.put("/console/icon.svg", page("icon.svg", "image/svg+xml"));
    for (String module :
        new String[] {
          "console", "alerts", "charts", "drift", "format", "map", "pipelines", "trial"
        }) {
      pages.put("/console/" + module + ".js", page(module + ".js", SCRIPT));
    }
    return pages;
  }

  private static Page page(String name, String type) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the console's file " + name + " is not in the jar");
      }
      byte[] bytes = in.readAllBytes();
      Answer answer = new Answer(200, type, bytes, Optional.of(Sha256.hex(bytes)));
      return () -> answer;
    } catch (IOException e) {
      throw new UncheckedIOException("the console's file " + name + " cannot be read", e);
    }
  }
}
