package dev.weir.trainer.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a network's further training depends on, besides its config and its data.
 *
 * @param weights of each parameter, in the order in which the network has them
 * @param moments of the optimiser: of each parameter the mean and then the variance of its
 *     gradient; empty if they were not asked for
 * @param counters how many steps there were, states of random sources, and what else a family
 *     counts, in an order of its own
 */
@SuppressWarnings("ArrayRecordComponent") // handed to or from a checkpoint, never changed
public record NetworkState(List<float[]> weights, List<float[]> moments, long[] counters) {
  public NetworkState {
    weights = List.copyOf(weights);
    moments = List.copyOf(moments);
  }

  /** Writes it, big-endian, each array after its length. */
  public void write(DataOutputStream out) throws IOException {
    write(out, weights);
    write(out, moments);
    out.writeInt(counters.length);
    for (long counter : counters) {
      out.writeLong(counter);
    }
  }

  private static void write(DataOutputStream out, List<float[]> arrays) throws IOException {
    out.writeInt(arrays.size());
    for (float[] array : arrays) {
      out.writeInt(array.length);
      ByteBuffer buffer = ByteBuffer.allocate(array.length * Float.BYTES);
      buffer.asFloatBuffer().put(array);
      out.write(buffer.array());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if there is not so much
   */
  public static NetworkState read(DataInputStream in) throws IOException {
    List<float[]> weights = readArrays(in);
    List<float[]> moments = readArrays(in);
    long[] counters = new long[in.readInt()];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = in.readLong();
    }
    return new NetworkState(weights, moments, counters);
  }

  private static List<float[]> readArrays(DataInputStream in) throws IOException {
    List<float[]> arrays = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      float[] array = new float[in.readInt()];
      byte[] bytes = in.readNBytes(array.length * Float.BYTES);
      if (bytes.length < array.length * Float.BYTES) {
        throw new EOFException("it is cut off");
      }
      ByteBuffer.wrap(bytes).asFloatBuffer().get(array);
      arrays.add(array);
    }
    return arrays;
  }
}
