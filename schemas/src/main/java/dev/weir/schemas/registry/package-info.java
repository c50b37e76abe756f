/**
 * A client of the Confluent Schema Registry's REST API, and registries that need no network.
 *
 * <p>{@link dev.weir.schemas.registry.SchemaRegistries#open} chooses from {@code
 * schema.registry.url}; the keys are those of Confluent's own client.
 */
package dev.weir.schemas.registry;
