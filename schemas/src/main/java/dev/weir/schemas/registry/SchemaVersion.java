package dev.weir.schemas.registry;

/**
 * One version of a subject.
 *
 * @param subject the subject
 * @param version counted from 1; numbers of deleted versions are not used again
 * @param id the number by which records name the schema
 * @param definition the schema; what it refers to is not fetched ({@link SchemaRegistry#fetch(int)}
 *     does that)
 */
public record SchemaVersion(String subject, int version, int id, SchemaDefinition definition) {}
