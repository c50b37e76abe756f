package dev.weir.scorer.topology;

import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.secret.Secrets;
import dev.weir.schemas.serde.AvroSerializer;
import dev.weir.scorer.config.ScorerConfig;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How alerts and scores are written: by Weir's serializer, or by that of the serde that {@code
 * kafka.default.value.serde} names, such as Confluent's {@code SpecificAvroSerde}.
 *
 * <p>Either is configured with what stands under {@code schemaRegistry}. A named one has a client
 * of the registry of its own.
 */
final class ValueSerializers {
  private static final String KEY = StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG;

  private ValueSerializers() {}

  /**
   * A serializer for one thread, which the caller closes.
   *
   * @throws InvalidInputException if the named class cannot be used
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
   */
  static Serializer<SpecificRecord> of(ScorerConfig config, SchemaRegistry registry) {
    String named = config.kafka().get(KEY);
    Serializer<SpecificRecord> serializer =
        named == null ? new AvroSerializer<>(registry) : serde(named).serializer();
    serializer.configure(Secrets.resolveAll("schemaRegistry", config.schemaRegistry()), false);
    return serializer;
  }

  /** Whatever it is of: the first record tells whether it can write ours. */
  @SuppressWarnings("unchecked")
  private static Serde<SpecificRecord> serde(String name) {
    try {
      return Utils.newInstance(name, Serde.class);
    } catch (ClassNotFoundException e) {
      throw refused(name, "which is not on the class path; WEIR_CLASS_PATH may name its jars", e);
    } catch (KafkaException | ClassCastException e) {
      throw refused(name, "which is no serde with a public constructor without parameters", e);
    }
  }

  private static InvalidInputException refused(String name, String why, Exception cause) {
    return new InvalidInputException("key 'kafka." + KEY + "' is " + name + ", " + why, cause);
  }
}
