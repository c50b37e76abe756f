/**
 * A past range, scored with another model, and its alerts held against those that were published.
 */
package dev.weir.cli.replay;
