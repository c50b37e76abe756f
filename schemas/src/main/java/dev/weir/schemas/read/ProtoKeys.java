package dev.weir.schemas.read;

import dev.weir.model.record.RejectedRecordException;
import java.util.List;
import java.util.OptionalLong;

/** Finds out which of some keys an entry of a map has, without an object for it. */
interface ProtoKeys {

  /** Reads a key: its place among those that are wanted, below 0 if it is none of them. */
  int read(ProtoCursor in) throws RejectedRecordException;

  /** Which key an entry has that does not say so: the type's default. */
  int ofDefault();

  /**
   * Keys of a type that {@link ProtoScalar#isKey() may be one}.
   *
   * @param wanted as paths write them
   */
  static ProtoKeys of(ProtoScalar type, List<String> wanted) {
    return type == ProtoScalar.STRING
        ? new Texts(new TextKeys(wanted), wanted.indexOf(""))
        : Numbers.of(type, wanted);
  }

  /** Keys that are text. */
  record Texts(TextKeys keys, int ofDefault) implements ProtoKeys {
    @Override
    public int read(ProtoCursor in) throws RejectedRecordException {
      int length = in.readLength();
      int found = keys.find(in, length);
      in.advance(length);
      return found;
    }
  }

  /** Keys that are whole numbers or truth values. */
  final class Numbers implements ProtoKeys {
    private final ProtoScalar type;
    private final long[] keys;
    private final int[] places;

    private Numbers(ProtoScalar type, long[] keys, int[] places) {
      this.type = type;
      this.keys = keys;
      this.places = places;
    }

    private static Numbers of(ProtoScalar type, List<String> wanted) {
      long[] keys = new long[wanted.size()];
      int[] places = new int[wanted.size()];
      for (int i = 0; i < keys.length; i++) {
        OptionalLong key = type.key(wanted.get(i));
        keys[i] = key.orElse(0);
        places[i] = key.isPresent() ? i : -1;
      }
      return new Numbers(type, keys, places);
    }

    @Override
    public int read(ProtoCursor in) throws RejectedRecordException {
      return place(type.readKey(in));
    }

    @Override
    public int ofDefault() {
      return place(0);
    }

    private int place(long key) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == key && places[i] >= 0) {
          return places[i];
        }
      }
      return -1;
    }
  }
}
