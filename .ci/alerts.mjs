// Says what the alerts topic tells of anomalies, to be held against what others say of them.
//
//   node .ci/alerts.mjs ALERTS HOST SINCE
//
// ALERTS: kcat's '%R%s' of the alerts topic (Alert in Confluent's wire format). Prints three numbers: how many incidents were opened, how
// many of those are still open, and how many alerts there are of HOST whose record is not older than SINCE (milliseconds since 1970).
import { readFileSync } from 'node:fs';

const [file, host, since] = process.argv.slice(2);
const FRAME_BYTES = 5;
const schema = JSON.parse(readFileSync(new URL('../schemas/src/main/avro/Alert.avsc', import.meta.url), 'utf8'));
const named = new Map();

/** Reads values of a schema from Avro's binary encoding. */
class AvroReader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = FRAME_BYTES;
  }

  long() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.bytes[this.at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return Number((value >> 1n) ^ -(value & 1n));
      }
    }
  }

  fixed(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  value(type) {
    if (Array.isArray(type)) {
      return this.value(type[this.long()]);
    }
    if (typeof type === 'object') {
      if (type.name) {
        named.set(type.name, type);
      }
      switch (type.type) {
        case 'record':
          return Object.fromEntries(type.fields.map((field) => [field.name, this.value(field.type)]));
        case 'enum':
          return type.symbols[this.long()];
        case 'array':
          return this.array(type.items);
        default:
          return this.value(type.type);
      }
    }
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return this.fixed(1)[0] === 1;
      case 'int':
      case 'long':
        return this.long();
      case 'float':
        return this.fixed(4).readFloatLE();
      case 'double':
        return this.fixed(8).readDoubleLE();
      case 'string':
        return this.fixed(this.long()).toString('utf8');
      default:
        if (!named.has(type)) {
          throw new Error(`alerts have a type that is not known here: ${type}`);
        }
        return this.value(named.get(type));
    }
  }

  array(items) {
    const values = [];
    for (let count = this.long(); count !== 0; count = this.long()) {
      if (count < 0) {
        this.long(); // the block's bytes
      }
      for (let i = 0; i < Math.abs(count); i++) {
        values.push(this.value(items));
      }
    }
    return values;
  }
}

const alerts = [];
const bytes = readFileSync(file);
for (let at = 0; at < bytes.length;) {
  const length = bytes.readUInt32BE(at);
  const reader = new AvroReader(bytes.subarray(at + 4, at + 4 + length));
  alerts.push(reader.value(schema));
  if (reader.at !== length) {
    throw new Error(`an alert has ${length} bytes, of which ${reader.at} were read`);
  }
  at += 4 + length;
}

const anomalies = alerts.filter((alert) => alert.kind === 'ANOMALY');
const opened = anomalies.filter((alert) => alert.status === 'OPENED').length;
const closed = anomalies.filter((alert) => alert.status === 'CLOSED').length;
const ofHost = anomalies.filter((alert) => alert.key === host && alert.eventTime >= Number(since)).length;
console.log(`${opened} ${opened - closed} ${ofHost}`);
