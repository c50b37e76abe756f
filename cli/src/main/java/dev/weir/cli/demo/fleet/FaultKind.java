package dev.weir.cli.demo.fleet;

import static dev.weir.cli.demo.fleet.Metric.CONNECTIONS;
import static dev.weir.cli.demo.fleet.Metric.CPU_IOWAIT;
import static dev.weir.cli.demo.fleet.Metric.CPU_SYSTEM;
import static dev.weir.cli.demo.fleet.Metric.CPU_USER;
import static dev.weir.cli.demo.fleet.Metric.DISK_READ;
import static dev.weir.cli.demo.fleet.Metric.DISK_UTIL;
import static dev.weir.cli.demo.fleet.Metric.DISK_WRITE;
import static dev.weir.cli.demo.fleet.Metric.ERROR_RATE;
import static dev.weir.cli.demo.fleet.Metric.LATENCY;
import static dev.weir.cli.demo.fleet.Metric.LOAD1;
import static dev.weir.cli.demo.fleet.Metric.MEMORY_USED;
import static dev.weir.cli.demo.fleet.Metric.NET_IN;
import static dev.weir.cli.demo.fleet.Metric.NET_OUT;
import static dev.weir.cli.demo.fleet.Metric.REQUESTS;
import static dev.weir.cli.demo.fleet.Metric.SWAP_USED;

import java.util.Locale;

/** What can go wrong with a server, and what that makes of a healthy row. */
public enum FaultKind {
  /** Memory climbs to the brim over the whole window; from 85 % on, swap and latency follow. */
  MEMORY_LEAK {
    @Override
    void distort(Readings row, double progress) {
      double memory = row.get(MEMORY_USED);
      double leaked = memory + (98 - memory) * progress;
      double swapping = Math.max(0, (leaked - 85) / 13);
      row.set(MEMORY_USED, leaked);
      row.add(SWAP_USED, 60 * swapping);
      row.scale(LATENCY, 1 + 2 * swapping);
    }
  },

  /** Something holds the processor up: little is computed and answered, and work piles up. */
  CPU_STALL {
    @Override
    void distort(Readings row, double progress) {
      double strength = ramp(progress);
      row.scale(CPU_USER, 1 - 0.8 * strength);
      row.scale(CPU_SYSTEM, 1 - 0.5 * strength);
      row.add(CPU_IOWAIT, 45 * strength);
      row.scale(LOAD1, 1 + 2 * strength);
      row.scale(REQUESTS, 1 - 0.65 * strength);
      row.scale(NET_IN, 1 - 0.65 * strength);
      row.scale(NET_OUT, 1 - 0.65 * strength);
      row.scale(LATENCY, 1 + 3 * strength);
      row.add(ERROR_RATE, 2 * strength);
    }
  },

  /** The disk moves nothing at all while requests go on as if it did. */
  SILENT_DISK {
    @Override
    void distort(Readings row, double progress) {
      row.set(DISK_READ, 0);
      row.set(DISK_WRITE, 0);
      row.set(DISK_UTIL, 0);
      row.scale(CPU_IOWAIT, 0.1);
    }
  },

  /** Most clients are gone, yet the server works on as before: a night's traffic, a day's work. */
  TRAFFIC_DROP {
    @Override
    void distort(Readings row, double progress) {
      double left = 1 - 0.75 * ramp(progress);
      row.scale(REQUESTS, left);
      row.scale(NET_IN, left);
      row.scale(NET_OUT, left);
      row.set(CONNECTIONS, Math.rint(row.get(CONNECTIONS) * left));
    }
  };

  private static final double RAMP = 0.1;

  /** Changes a healthy row in place; {@code progress} runs from 0 to 1 over the window. */
  abstract void distort(Readings row, double progress);

  /** The kind in words, such as "memory leak". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** From 0 to 1 in the first tenth of the window, then 1. */
  private static double ramp(double progress) {
    return Math.min(1, progress / RAMP);
  }
}
