/**
 * Kafka serializers and deserializers for Avro in Confluent's wire format.
 *
 * <p>They take Confluent's configuration keys and can be named in {@code key.serde}, {@code
 * value.serializer} and the like, so that Confluent's classes can be put in their place and they in
 * the place of Confluent's.
 */
package dev.weir.schemas.serde;
