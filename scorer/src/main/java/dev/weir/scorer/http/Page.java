package dev.weir.scorer.http;

/** Something that can be read at a path. Thread-safe. */
@FunctionalInterface
public interface Page {
  /** What it says now. */
  Answer now();
}
