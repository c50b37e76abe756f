package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;

/** Passes over a value that nobody wants. */
@FunctionalInterface
interface AvroSkip {
  /** Of integers and enums. */
  AvroSkip NUMBER = AvroCursor::skipNumber;

  /** Of text and bytes. */
  AvroSkip TEXT = in -> in.skip(in.readLength());

  void skip(AvroCursor in) throws RejectedRecordException;

  /** Passes over several values that follow one another. */
  default void skip(AvroCursor in, long count) throws RejectedRecordException {
    for (long i = 0; i < count; i++) {
      skip(in);
    }
  }

  /** Of values that all have the same size. */
  record Bytes(int size) implements AvroSkip {
    @Override
    public void skip(AvroCursor in) throws RejectedRecordException {
      in.skip(size);
    }

    @Override
    public void skip(AvroCursor in, long count) throws RejectedRecordException {
      in.skip(size == 0 ? 0 : size * Math.min(count, Integer.MAX_VALUE));
    }
  }

  /** Of unions of two, each of whose branches has a size. */
  record Choice(int first, int second) implements AvroSkip {
    @Override
    public void skip(AvroCursor in) throws RejectedRecordException {
      in.skip(in.readIndex(2) == 0 ? first : second);
    }
  }
}
