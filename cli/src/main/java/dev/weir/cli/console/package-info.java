/** How the command line speaks: progress, errors, numbers. */
package dev.weir.cli.console;
