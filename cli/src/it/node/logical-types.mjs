// The logical types of Avro that the readings use, for avsc, which both registry libraries read and write Avro with.
import avro from 'avsc';

/** A moment as a Date. */
class MomentType extends avro.types.LogicalType {
  _fromValue(millis) {
    return new Date(millis);
  }

  _toValue(date) {
    return date instanceof Date ? date.getTime() : undefined;
  }
}

/** A decimal as its text: what it holds is the unscaled number, big-endian, in two's complement. */
class DecimalType extends avro.types.LogicalType {
  constructor(schema, options) {
    super(schema, options);
    this.scale = schema.scale ?? 0;
  }

  _fromValue(bytes) {
    const unscaled = BigInt.asIntN(bytes.length * 8, BigInt('0x' + bytes.toString('hex')));
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(this.scale + 1, '0');
    const cut = digits.length - this.scale;
    return (unscaled < 0n ? '-' : '') + digits.slice(0, cut) + (this.scale ? '.' + digits.slice(cut) : '');
  }

  _toValue(text) {
    if (typeof text !== 'string') {
      return undefined;
    }
    const [whole, fraction = ''] = text.split('.');
    const unscaled = BigInt(whole + fraction.padEnd(this.scale, '0'));
    let size = 1;
    while (BigInt.asIntN(size * 8, unscaled) !== unscaled) {
      size++;
    }
    return Buffer.from(BigInt.asUintN(size * 8, unscaled).toString(16).padStart(size * 2, '0'), 'hex');
  }
}

export const logicalTypes = { 'timestamp-millis': MomentType, decimal: DecimalType };
