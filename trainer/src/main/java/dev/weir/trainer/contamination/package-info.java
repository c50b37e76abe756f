/** Leaves out of a history what is anomalous in it. */
package dev.weir.trainer.contamination;
