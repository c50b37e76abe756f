package dev.weir.benchmarks.stream;

/**
 * How fast records went.
 *
 * @param recordsPerSecond by the clock
 * @param cpuMicros what all threads of this process, the broker's too, worked on a record;
 *     microseconds. Other programs on the machine change it less than they change the rate
 */
record Speed(double recordsPerSecond, double cpuMicros) {}
