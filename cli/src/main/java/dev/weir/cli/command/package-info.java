/** The commands, one a class: their options, and which parts they put together. */
package dev.weir.cli.command;
