package dev.weir.trainer.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's frame: template, style, script, and the chart library, all in one file. */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String WEBJAR = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";

  private Page() {}

  /** Fills the template's places, all at once: what is put in is not looked into again. */
  static String fill(Map<String, String> content) {
    Map<String, String> all = new HashMap<>(content);
    all.put("style", Resources.text("report.css") + content.get("style"));
    all.put("script", Resources.text("report.js"));
    all.put("charts", charts());
    all.put("licence", chartsFile("LICENSE.md"));
    Matcher matcher = PLACE.matcher(Resources.text("report.html"));
    StringBuilder page = new StringBuilder();
    while (matcher.find()) {
      String text = all.get(matcher.group(1));
      if (text == null) {
        throw new IllegalStateException("nothing to put at " + matcher.group());
      }
      matcher.appendReplacement(page, Matcher.quoteReplacement(text));
    }
    return matcher.appendTail(page).toString();
  }

  /** Chart.js, without the line that would make a browser's debugger look for another file. */
  private static String charts() {
    return chartsFile("dist/chart.umd.min.js").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String chartsFile(String path) {
    ClassLoader loader = Page.class.getClassLoader();
    Properties webjar = new Properties();
    try {
      webjar.load(new StringReader(text(loader.getResourceAsStream(WEBJAR), WEBJAR)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name =
        "META-INF/resources/webjars/chart.js/" + webjar.getProperty("version") + "/" + path;
    return text(loader.getResourceAsStream(name), name);
  }

  private static String text(InputStream resource, String name) {
    if (resource == null) {
      throw new IllegalStateException("the class path lacks " + name);
    }
    try (InputStream stream = resource) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
