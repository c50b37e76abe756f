package dev.weir.schemas.registry;

import java.util.List;
import java.util.UUID;

/** A registry that hands every request on to another one; subclasses change some. */
abstract class ForwardingSchemaRegistry implements SchemaRegistry {
  private final SchemaRegistry delegate;

  ForwardingSchemaRegistry(SchemaRegistry delegate) {
    this.delegate = delegate;
  }

  @Override
  public int register(String subject, SchemaDefinition schema) {
    return delegate.register(subject, schema);
  }

  @Override
  public int lookUp(String subject, SchemaDefinition schema) {
    return delegate.lookUp(subject, schema);
  }

  @Override
  public RegisteredSchema fetch(int id) {
    return delegate.fetch(id);
  }

  @Override
  public RegisteredSchema fetch(UUID guid) {
    return delegate.fetch(guid);
  }

  @Override
  public SchemaVersion version(String subject, int version) {
    return delegate.version(subject, version);
  }

  @Override
  public SchemaVersion latest(String subject) {
    return delegate.latest(subject);
  }

  @Override
  public List<String> subjects() {
    return delegate.subjects();
  }

  @Override
  public List<Integer> versions(String subject) {
    return delegate.versions(subject);
  }

  @Override
  public List<String> incompatibilities(String subject, SchemaDefinition schema) {
    return delegate.incompatibilities(subject, schema);
  }

  @Override
  public Compatibility compatibility(String subject) {
    return delegate.compatibility(subject);
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    delegate.setCompatibility(subject, compatibility);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
