/** Pages and events over HTTP: who may read, TLS, and nothing of what they say. */
package dev.weir.scorer.http;
