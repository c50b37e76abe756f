/** Says in the terminal what a bundle holds. */
package dev.weir.cli.inspect;
