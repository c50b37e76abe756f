/** The two ways in which Weir stops: the user's mistake, and a failure that it understands. */
package dev.weir.model.error;
