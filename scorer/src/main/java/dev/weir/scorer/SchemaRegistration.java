package dev.weir.scorer;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.PipelineConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Registers the schemas of what will be published, before the first record.
 *
 * <p>It does so by serialising a made-up alert, the very way that a real one will go. From then on
 * the registry's client knows the schemas, and a registry that goes away stops nothing.
 */
final class SchemaRegistration {
  private SchemaRegistration() {}

  /**
   * Tries what will be done.
   *
   * @throws OperationFailedException if the registry does not answer
   * @throws InvalidInputException if it refuses a schema
   */
  static void tryOut(
      PipelineConfig pipeline, Manifest manifest, Serializer<SpecificRecord> serializer) {
    AlertMaker alerts = new AlertMaker(pipeline.name());
    AlertPolicy policy = new AlertPolicy(pipeline.name(), pipeline.alerts());
    ModelIdentity model = new VerdictMaker(manifest, pipeline.alerts()).model();
    Verdict verdict = new Verdict(model, 1, 1, true, false, List.of(), OptionalInt.empty());
    RecordSource source = new RecordSource("none", 0, 0, null, 0);
    try (serializer) {
      for (Notice notice : policy.onRecord(source, verdict)) {
        serializer.serialize(
            pipeline.alertsTopic(), alerts.alert(notice, model, Instant.ofEpochMilli(0)));
      }
      if (pipeline.output().scored() != null) {
        serializer.serialize(pipeline.output().scored().topic(), alerts.scored(verdict, source));
      }
      if (pipeline.shadow() != null && pipeline.shadow().topic() != null) {
        serializer.serialize(
            pipeline.shadow().topic(), alerts.compared(verdict, Optional.of(verdict), source));
      }
    } catch (SchemaRegistryException e) {
      if (e.kind() == SchemaRegistryException.Kind.UNAVAILABLE) {
        throw new OperationFailedException(e.getMessage(), e);
      }
      throw new InvalidInputException(e.getMessage(), e);
    } catch (SerializationException e) {
      // How other serializers say so; what their registry said is in the cause.
      String why = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      if (e.getCause() instanceof IOException) {
        throw new OperationFailedException(e.getMessage() + why, e);
      }
      throw new InvalidInputException(e.getMessage() + why, e);
    }
  }
}
