/** The live console: what pipelines do now, as pages and events for a browser. */
package dev.weir.scorer.console;
