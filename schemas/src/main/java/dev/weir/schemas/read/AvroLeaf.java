package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Compiles schemas of single values to what reads them into a slot.
 *
 * <p>Moments become milliseconds since 1970-01-01T00:00Z and times of a day milliseconds since
 * midnight, with fractions, whatever unit they are written in; a date becomes days since
 * 1970-01-01. Decimals become numbers, enums and UUIDs text. Bytes without a meaning are text of
 * one character a byte, as in Avro's JSON encoding. A logical type that is not known is the type
 * that it is built on.
 */
final class AvroLeaf {
  private static final double MICROS = 1e3;
  private static final double NANOS = 1e6;

  /** A decimal's digits are parsed in quadratic time. */
  private static final int MOST_DECIMAL_BYTES = 4096;

  private AvroLeaf() {}

  static AvroStep of(Schema schema, int slot) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case NULL -> (in, out) -> out.setNull(slot);
      case BOOLEAN -> (in, out) -> out.setBoolean(slot, in.readBoolean());
      case INT -> (in, out) -> out.setNumber(slot, in.readInt());
      case LONG -> number(logical, slot);
      case FLOAT -> AvroNumbers.FLOATS.into(slot);
      case DOUBLE -> AvroNumbers.DOUBLES.into(slot);
      case STRING ->
          (in, out) -> out.setText(slot, in.readText(in.readLength(), StandardCharsets.UTF_8));
      case ENUM -> symbol(schema.getEnumSymbols(), slot);
      case BYTES -> bytes(logical, slot);
      case FIXED -> fixed(schema.getFixedSize(), logical, slot);
      default -> throw new IllegalArgumentException("not a single value: " + schema.getType());
    };
  }

  private static AvroStep number(LogicalType logical, int slot) {
    double unitsPerMilli = unitsPerMilli(logical);
    return unitsPerMilli == 1
        ? (in, out) -> out.setNumber(slot, (double) in.readLong())
        : (in, out) -> out.setNumber(slot, in.readLong() / unitsPerMilli);
  }

  private static double unitsPerMilli(LogicalType logical) {
    if (logical instanceof LogicalTypes.TimeMicros
        || logical instanceof LogicalTypes.TimestampMicros
        || logical instanceof LogicalTypes.LocalTimestampMicros) {
      return MICROS;
    }
    boolean nanos =
        logical instanceof LogicalTypes.TimestampNanos
            || logical instanceof LogicalTypes.LocalTimestampNanos;
    return nanos ? NANOS : 1;
  }

  private static AvroStep symbol(List<String> names, int slot) {
    String[] symbols = names.toArray(String[]::new);
    return (in, out) -> out.setText(slot, symbols[in.readIndex(symbols.length)]);
  }

  private static AvroStep bytes(LogicalType logical, int slot) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      int most = mostBytes(decimal);
      return (in, out) -> decimal(in, in.readLength(), decimal.getScale(), most, slot, out);
    }
    if (logical instanceof LogicalTypes.BigDecimal) {
      return (in, out) -> bigDecimal(in, slot, out);
    }
    return (in, out) ->
        out.setText(slot, in.readText(in.readLength(), StandardCharsets.ISO_8859_1));
  }

  private static AvroStep fixed(int size, LogicalType logical, int slot) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      int most = mostBytes(decimal);
      return (in, out) -> decimal(in, size, decimal.getScale(), most, slot, out);
    }
    if (logical instanceof LogicalTypes.Uuid) {
      return (in, out) ->
          out.setText(slot, new UUID(in.readBigEndian(), in.readBigEndian()).toString());
    }
    return (in, out) -> out.setText(slot, in.readText(size, StandardCharsets.ISO_8859_1));
  }

  private static int mostBytes(LogicalTypes.Decimal decimal) {
    // Four bits hold a decimal digit with room to spare; one more byte for the sign.
    return (int) Math.min(MOST_DECIMAL_BYTES, decimal.getPrecision() / 2 + 2L);
  }

  private static void decimal(
      AvroCursor in, int length, int scale, int most, int slot, FieldValues out)
      throws RejectedRecordException {
    out.setNumber(slot, value(in.readUnscaled(length, most), scale));
  }

  /** A decimal that carries its scale along: a frame of bytes, with bytes and an int in it. */
  private static void bigDecimal(AvroCursor in, int slot, FieldValues out)
      throws RejectedRecordException {
    int length = in.readLength();
    int after = in.left() - length;
    BigInteger unscaled = in.readUnscaled(in.readLength(), MOST_DECIMAL_BYTES);
    double value = value(unscaled, in.readInt());
    if (in.left() != after) {
      throw in.malformed("a decimal's digits and scale do not fill its bytes");
    }
    out.setNumber(slot, value);
  }

  private static double value(BigInteger unscaled, int scale) {
    return new BigDecimal(unscaled, scale).doubleValue();
  }
}
