package dev.weir.cli.demo;

/**
 * Something that is known to be wrong in the stream.
 *
 * @param number from 1, in the order of starts
 * @param what in a word or two
 * @param entity where
 */
record InjectedFault(int number, String what, String entity) {}
