package dev.weir.scorer.topology;

/**
 * A share of all records, by where they stand: each replay draws the same ones.
 *
 * @param share from 0 to 1
 */
record Sample(double share) {

  /** Whether a record is drawn. */
  boolean draws(String topic, int partition, long offset) {
    long place = ((long) topic.hashCode() << Integer.SIZE) ^ partition;
    return unit(mix(mix(place) ^ offset)) < share;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): each bit in depends on each bit out. */
  private static long mix(long bits) {
    long mixed = bits + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** From 0 to below 1. */
  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
