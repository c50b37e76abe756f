/**
 * What Weir publishes: Avro records generated from {@code src/main/avro}.
 *
 * <p>A field that is added later must have a default, so that every released version can read every
 * other one (full transitive compatibility); {@code SchemaCompatibilityTest} holds the schemas to
 * it. Records are made with their builders and are not changed afterwards.
 *
 * <p>Set every field of a builder. Since 1.12.2 Avro trusts no generated class of its own accord
 * (AVRO-4189): the serdes of this module do without that trust, but a builder that fills in a
 * default or copies a record ({@code Alert.newBuilder(alert)}), and {@code Alert.fromByteBuffer},
 * throw a {@link SecurityException} unless the JVM is started with {@code
 * -Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.weir.schemas}.
 */
package dev.weir.schemas;
