/** History in memory: rows of encoded features, their cut by time, what can be said of a column. */
package dev.weir.trainer.data;
