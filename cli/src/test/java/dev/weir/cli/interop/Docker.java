package dev.weir.cli.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** The Docker engine, if there is one, and its images. */
final class Docker {
  private static final boolean REQUIRED = "1".equals(System.getenv("WEIR_REQUIRE_DOCKER"));

  private Docker() {}

  /**
   * Skips the test if there is no engine; with WEIR_REQUIRE_DOCKER=1 in the environment it fails.
   */
  static void require() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      missing("no Docker engine answers; start one, or set DOCKER_HOST");
    }
  }

  /**
   * An image as docker-compose.yml names it. It must be there or, but for Weir's own, such that it
   * can be pulled.
   *
   * @param repository its name without the tag
   */
  static DockerImageName image(String repository) throws IOException {
    String compose = Files.readString(Path.of("..", "docker-compose.yml"));
    Matcher named =
        Pattern.compile("image: (" + Pattern.quote(repository) + ":\\S+)").matcher(compose);
    if (!named.find()) {
      throw new AssertionError("docker-compose.yml names no image " + repository);
    }
    String image = named.group(1);
    if (repository.startsWith("weir/")) {
      try {
        DockerClientFactory.instance().client().inspectImageCmd(image).exec();
      } catch (NotFoundException e) {
        missing("there is no image " + image + "; build it with bin/images");
      }
    }
    return DockerImageName.parse(image);
  }

  private static void missing(String what) {
    if (REQUIRED) {
      throw new AssertionError(what);
    }
    abort(what);
  }
}
