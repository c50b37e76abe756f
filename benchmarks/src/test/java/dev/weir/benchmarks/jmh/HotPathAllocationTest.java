package dev.weir.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.RecordFormat;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a thread allocates for a record between its bytes and the batch. */
class HotPathAllocationTest {
  private static final int FEATURES = 38;
  private static final int RECORDS = 50_000;
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private static byte[] kept;

  /** What is done with a record. */
  @FunctionalInterface
  private interface Step {
    void take(HostStream stream, byte[] value) throws RejectedRecordException;
  }

  @Test
  void shouldAllocateNoMoreThanTheRecordsOwnBytesInAvro() throws RejectedRecordException {
    try (HostStream stream = new HostStream(RecordFormat.AVRO, FEATURES)) {
      assertThat(allocatedPerRecord(stream, HotPathAllocationTest::readEncodeFill))
          .isLessThanOrEqualTo(stream.bytesPerRecord());
    }
  }

  /** The measure sees what is allocated: the path with one copy of each record is above. */
  @Test
  void shouldSeeACopyOfTheRecord() throws RejectedRecordException {
    try (HostStream stream = new HostStream(RecordFormat.AVRO, FEATURES)) {
      assertThat(
              allocatedPerRecord(
                  stream,
                  (all, value) -> {
                    kept = value.clone();
                    readEncodeFill(all, kept);
                  }))
          .isGreaterThan(stream.bytesPerRecord());
    }
  }

  /** Jackson has a parser for each record; what is read with it must not add to that. */
  @Test
  void shouldAllocateNothingForAFieldInJson() throws RejectedRecordException {
    try (HostStream few = new HostStream(RecordFormat.JSON, FEATURES);
        HostStream many = new HostStream(RecordFormat.JSON, 2 * FEATURES)) {
      double parser = allocatedPerRecord(few, HotPathAllocationTest::readEncodeFill);

      assertThat(parser).isLessThan(1024);
      assertThat(allocatedPerRecord(many, HotPathAllocationTest::readEncodeFill) - parser)
          .isLessThan(FEATURES);
    }
  }

  private static void readEncodeFill(HostStream stream, byte[] value)
      throws RejectedRecordException {
    stream.read(value);
    stream.encode();
    stream.fill();
  }

  private static double allocatedPerRecord(HostStream stream, Step step)
      throws RejectedRecordException {
    run(stream, step);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(stream, step);
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / RECORDS;
  }

  private static void run(HostStream stream, Step step) throws RejectedRecordException {
    for (int i = 0; i < RECORDS; i++) {
      step.take(stream, stream.next());
    }
  }
}
