package dev.weir.schemas.read;

/**
 * What Protobuf's editions leave open for a file or a field, as far as reading records needs it.
 *
 * @param implicit whether a record does not say if it has a field that holds a default
 * @param delimited whether messages are written as groups
 * @see <a href="https://protobuf.dev/editions/features/">feature settings</a>
 */
record ProtoFeatures(boolean implicit, boolean delimited) {
  static final ProtoFeatures PROTO2 = new ProtoFeatures(false, false);
  static final ProtoFeatures PROTO3 = new ProtoFeatures(true, false);

  /** Of all editions so far. */
  static final ProtoFeatures EDITIONS = new ProtoFeatures(false, false);

  static final String PRESENCE = "field_presence";
  static final String ENCODING = "message_encoding";

  /** With a feature set as a schema names it; other features change nothing. */
  ProtoFeatures with(String feature, String value) {
    return switch (feature) {
      case PRESENCE -> new ProtoFeatures(value.equals("IMPLICIT"), delimited);
      case ENCODING -> new ProtoFeatures(implicit, value.equals("DELIMITED"));
      default -> this;
    };
  }
}
