/** Tries several models on a history and keeps the best, without labels. */
package dev.weir.trainer.search;
