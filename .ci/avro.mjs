// Reads what kcat wrote of a topic of Avro records: a Weir schema's values, in Confluent's wire format.
import { readFileSync } from 'node:fs';

const FRAME_BYTES = 5;

/** Reads values of a schema from Avro's binary encoding. */
class AvroReader {
  /** @param {Map} named the schema's types that have a name */
  constructor(bytes, at, named) {
    this.bytes = bytes;
    this.at = at;
    this.named = named;
  }

  long() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (this.at >= this.bytes.length) {
        throw new Error('a record ends within a value');
      }
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
        if (!this.named.has(type)) {
          throw new Error(`there is a type that is not known here: ${type}`);
        }
        return this.value(this.named.get(type));
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

/** Adds a schema's types that have a name, wherever they are defined. */
function collectNamed(type, named) {
  if (Array.isArray(type)) {
    type.forEach((branch) => collectNamed(branch, named));
  } else if (typeof type === 'object') {
    if (type.name) {
      named.set(type.name, type);
    }
    (type.fields ?? []).forEach((field) => collectNamed(field.type, named));
    collectNamed(type.items ?? type.type, named);
  }
  return named;
}

/**
 * The records of a file, in their order.
 *
 * @param {string} file kcat's '%R%s': each value behind its length, of four bytes
 * @param {string} schemaName of a file in schemas/src/main/avro
 */
export function readRecords(file, schemaName) {
  const schema = JSON.parse(readFileSync(new URL(`../schemas/src/main/avro/${schemaName}.avsc`, import.meta.url), 'utf8'));
  const named = collectNamed(schema, new Map());
  const bytes = readFileSync(file);
  const all = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) {
      throw new Error(`${file} ends within a record`);
    }
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value[0] !== 0) {
      throw new Error(`a ${schemaName} has no frame`);
    }
    const reader = new AvroReader(value, FRAME_BYTES, named);
    all.push(reader.value(schema));
    if (reader.at !== length) {
      throw new Error(`a ${schemaName} has ${length} bytes, of which ${reader.at} were read`);
    }
    at += 4 + length;
  }
  return all;
}
