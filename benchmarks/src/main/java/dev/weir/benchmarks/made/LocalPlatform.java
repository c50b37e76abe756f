package dev.weir.benchmarks.made;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * What scorers in processes of their own stand on: a broker, a registry that they reach by HTTP,
 * and a temporary folder. All of it is on loopback, and gone afterwards.
 */
public final class LocalPlatform {
  /** Otherwise what is deleted fills the disk for another minute. */
  private static final Map<String, String> TOPIC_SETTINGS = Map.of("file.delete.delay.ms", "100");

  private final Path folder;
  private final EmbeddedBroker broker;
  private final LocalRegistryServer server;
  private final SchemaRegistry registry;

  private LocalPlatform(
      Path folder, EmbeddedBroker broker, LocalRegistryServer server, SchemaRegistry registry) {
    this.folder = folder;
    this.broker = broker;
    this.server = server;
    this.registry = registry;
  }

  /** What is done on it. */
  public interface Task<T> {
    T on(LocalPlatform platform) throws IOException, InterruptedException;
  }

  /**
   * Does something on a platform that is there as long as it takes.
   *
   * @throws OperationFailedException if a file cannot be written, or this thread is interrupted
   */
  public static <T> T use(Task<T> task) {
    try (WorkFolder work = new WorkFolder();
        EmbeddedBroker broker = EmbeddedBroker.start();
        LocalRegistryServer server = LocalRegistryServer.start();
        SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()))) {
      return task.on(new LocalPlatform(work.path(), broker, server, registry));
    } catch (IOException e) {
      throw new OperationFailedException("cannot write: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailedException("interrupted", e);
    }
  }

  /** Where temporary files go. */
  public Path folder() {
    return folder;
  }

  public EmbeddedBroker broker() {
    return broker;
  }

  public SchemaRegistry registry() {
    return registry;
  }

  /** What goes under {@code schema.registry.url}. */
  public String registryUrl() {
    return server.url();
  }

  /** Creates an input topic and those of alerts and dead letters, as the scorer calls them. */
  public void createTopics(String input, int partitions) {
    topics(input).forEach(topic -> broker.createTopic(topic, partitions, TOPIC_SETTINGS));
  }

  /** Deletes what {@link #createTopics} has created for some inputs. */
  public void deleteTopics(List<String> inputs) throws InterruptedException {
    List<String> all = inputs.stream().flatMap(LocalPlatform::topics).toList();
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
      admin.deleteTopics(all).all().get();
    } catch (ExecutionException e) {
      throw new OperationFailedException("cannot delete topics: " + e.getCause(), e.getCause());
    }
  }

  private static Stream<String> topics(String input) {
    return Stream.of(input, input + "-alerts", input + "-dead-letter");
  }
}
