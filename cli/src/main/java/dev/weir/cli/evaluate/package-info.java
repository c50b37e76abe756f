/** Scores files offline with the scorer's own code, and says how good the scores are. */
package dev.weir.cli.evaluate;
