/** The {@code weir} command. */
package dev.weir.cli;
