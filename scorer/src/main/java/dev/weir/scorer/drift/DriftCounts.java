package dev.weir.scorer.drift;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.scorer.alert.RecordSource;
import java.util.Map;
import java.util.TreeMap;

/** The records of one slice of time, counted. Only counts above 0 are written. Not thread-safe. */
@JsonAutoDetect(
    fieldVisibility = Visibility.NONE,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
final class DriftCounts {
  final int[] counts;
  @JsonProperty long records;
  @JsonProperty long anomalous;

  /** Where the newest of them was. */
  @JsonProperty String topic;

  @JsonProperty int partition;
  @JsonProperty long offset;
  @JsonProperty long time = Long.MIN_VALUE;

  DriftCounts(int size) {
    counts = new int[size];
  }

  @JsonCreator
  static DriftCounts of(
      @JsonProperty("size") int size, @JsonProperty("counts") Map<Integer, Integer> counts) {
    DriftCounts made = new DriftCounts(size);
    counts.forEach((bin, count) -> made.counts[bin] = count);
    return made;
  }

  @JsonProperty
  int size() {
    return counts.length;
  }

  @JsonProperty
  Map<Integer, Integer> counts() {
    Map<Integer, Integer> sparse = new TreeMap<>();
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        sparse.put(bin, counts[bin]);
      }
    }
    return sparse;
  }

  /** Takes note of where a record was; which of several is kept does not depend on their order. */
  void note(String itsTopic, int itsPartition, long itsOffset, long itsTime) {
    if (itsTime < time) {
      return;
    }
    if (itsTime == time) {
      int byPlace = itsTopic.compareTo(topic);
      byPlace = byPlace == 0 ? Integer.compare(itsPartition, partition) : byPlace;
      byPlace = byPlace == 0 ? Long.compare(itsOffset, offset) : byPlace;
      if (byPlace <= 0) {
        return;
      }
    }
    topic = itsTopic;
    partition = itsPartition;
    offset = itsOffset;
    time = itsTime;
  }

  void add(DriftCounts other) {
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += other.counts[bin];
    }
    records += other.records;
    anomalous += other.anomalous;
    note(other.topic, other.partition, other.offset, other.time);
  }

  /** Where the newest record was. */
  RecordSource newest() {
    return new RecordSource(topic, partition, offset, null, time);
  }
}
