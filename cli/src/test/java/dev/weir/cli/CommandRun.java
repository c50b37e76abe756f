package dev.weir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line that was run within the test.
 *
 * @param exitCode what the process would have ended with
 * @param out what it printed
 * @param err what it said went wrong
 */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Weir.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
