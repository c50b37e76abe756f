package dev.weir.trainer.checkpoint;

import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.network.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The binary form of a {@link TrainingState}: its fields one after the other, big-endian, between a
 * number that says what it is and a checksum (CRC-32).
 */
final class StateFile {
  private static final int MAGIC = 0x57454952;
  private static final int FORMAT = 1;

  private StateFile() {}

  static byte[] write(TrainingState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
      out.writeBoolean(state.finished());
      out.writeInt(state.epoch());
      out.writeInt(state.batch());
      out.writeDouble(state.lossSum());
      out.writeDouble(state.bestLoss());
      out.writeInt(state.sinceBest());
      out.writeInt(state.reports().size());
      for (EpochReport report : state.reports()) {
        out.writeInt(report.epoch());
        out.writeInt(report.ofEpochs());
        out.writeDouble(report.loss());
        out.writeDouble(report.validationLoss());
        out.writeBoolean(report.best());
        out.writeLong(report.rows());
        out.writeLong(report.took().toNanos());
      }
      state.current().write(out);
      state.best().write(out);
      out.flush();
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written to", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not whole
   */
  static TrainingState read(byte[] bytes) throws IOException {
    int end = bytes.length - Long.BYTES;
    if (end < 0 || checksum(bytes, end) != ByteBuffer.wrap(bytes).getLong(end)) {
      throw new IOException("its checksum does not fit");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
        throw new IOException("it is of another format");
      }
      boolean finished = in.readBoolean();
      int epoch = in.readInt();
      int batch = in.readInt();
      double lossSum = in.readDouble();
      double bestLoss = in.readDouble();
      int sinceBest = in.readInt();
      List<EpochReport> reports = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        reports.add(
            new EpochReport(
                in.readInt(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readBoolean(),
                in.readLong(),
                Duration.ofNanos(in.readLong())));
      }
      return new TrainingState(
          finished,
          epoch,
          batch,
          lossSum,
          bestLoss,
          sinceBest,
          reports,
          NetworkState.read(in),
          NetworkState.read(in));
    }
  }

  private static long checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    return crc.getValue();
  }
}
