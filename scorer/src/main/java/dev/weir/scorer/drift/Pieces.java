package dev.weir.scorer.drift;

import dev.weir.scorer.state.DamagedStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was counted, cut so that each piece is no larger than a record may be. What fits as it is
 * stays as it is; it is JSON, and so begins with none of the bytes that a piece begins with.
 */
public final class Pieces {
  private static final byte MARK = 1;

  private Pieces() {}

  /**
   * A piece.
   *
   * @param sender whose it is
   * @param index from 0 on
   * @param count how many there are
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never changed nor compared
  record Piece(String sender, int index, int count, byte[] content) {}

  /**
   * Cuts bytes, if need be.
   *
   * @param sender tells them from those of others that send to the same place
   * @param most how many bytes there may be in one
   */
  public static List<byte[]> of(String sender, byte[] whole, int most) {
    if (whole.length <= most) {
      return List.of(whole);
    }
    int around = written(new Piece(sender, 0, 0, new byte[0])).length;
    int room = Math.max(1, most - around);
    int count = (whole.length + room - 1) / room;
    List<byte[]> pieces = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = i * room;
      byte[] content = new byte[Math.min(room, whole.length - from)];
      System.arraycopy(whole, from, content, 0, content.length);
      pieces.add(written(new Piece(sender, i, count, content)));
    }
    return pieces;
  }

  static boolean isPiece(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == MARK;
  }

  private static byte[] written(Piece piece) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(MARK);
      out.writeUTF(piece.sender());
      out.writeInt(piece.index());
      out.writeInt(piece.count());
      out.write(piece.content());
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a piece.
   *
   * @throws DamagedStateException if it is none
   */
  static Piece read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      return new Piece(in.readUTF(), in.readInt(), in.readInt(), in.readAllBytes());
    } catch (IOException e) {
      throw new DamagedStateException("a piece of what was counted for drift", e);
    }
  }

  /** What was cut. */
  static byte[] joined(List<byte[]> contents) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    contents.forEach(whole::writeBytes);
    return whole.toByteArray();
  }
}
