/** Metrics and health over HTTP. */
package dev.weir.scorer.http;
