package dev.weir.cli.demo;

import java.util.Iterator;
import java.util.List;

/** What the demo sends: a history that a model learns from, and then a stream with faults in it. */
interface DemoData {

  /** What it is, in a line. */
  String description();

  /** The records' topic. */
  String topic();

  /** Which fields the model looks at, as {@code features.include} says it. */
  List<String> features();

  /** How many false alarms to bear. */
  double falseAlarmRate();

  /** The older part; to be read once, before the stream. */
  Iterator<DemoRecord> history();

  /** The newer part; to be read once. */
  Iterator<DemoRecord> stream();

  /** How many records the stream has. */
  long streamSize();

  /** The faults in the stream. */
  List<InjectedFault> faults();
}
