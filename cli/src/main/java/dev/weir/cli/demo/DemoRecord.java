package dev.weir.cli.demo;

import java.util.Optional;

/**
 * A record that the demo sends.
 *
 * @param entity what it is about; the record's key
 * @param json its value
 * @param fault the fault that it shows, if any
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and thrown away
record DemoRecord(String entity, byte[] json, Optional<InjectedFault> fault) {}
