/**
 * Weir against programs that nobody here wrote: what they write it reads, and the other way round.
 */
package dev.weir.cli.interop;
