// Looks whether each record of the input was scored exactly once, or is a dead letter.
//
//   node .ci/places.mjs SCORED DEAD_LETTERS PARTITION:COUNT...
//
// SCORED: kcat's '%R%s' of the scored topic (ScoredRecord in Confluent's wire format), DEAD_LETTERS: its '%h\n' of the dead letters,
// then how many records each partition of the input has. Exit code 1 says that places are missing or there twice.
import { readFileSync } from 'node:fs';

const [scoredFile, deadLetterFile, ...ends] = process.argv.slice(2);
const FRAME_BYTES = 5;

/** Reads a value of Avro's binary encoding after the other. */
class AvroReader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
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

  skip(count) {
    this.at += count;
  }

  string() {
    const length = this.long();
    this.skip(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}

/** Of a ScoredRecord, by the order of its fields in schemas/src/main/avro/ScoredRecord.avsc: where its source is. */
function place(value) {
  if (value[0] !== 0) {
    throw new Error('a scored record has no frame');
  }
  const avro = new AvroReader(value, FRAME_BYTES);
  if (avro.long() === 1) {
    avro.string(); // key
  }
  avro.long(); // eventTime
  avro.string(); // modelName
  avro.string(); // modelVersion
  avro.skip(8 + 8 + 1); // score, probability, anomalous
  avro.string(); // sourceTopic
  return `${avro.long()}:${avro.long()}`;
}

const counts = new Map();
const count = (at) => counts.set(at, (counts.get(at) ?? 0) + 1);

let scored = 0;
const bytes = readFileSync(scoredFile);
for (let at = 0; at < bytes.length;) {
  const length = bytes.readUInt32BE(at);
  count(place(bytes.subarray(at + 4, at + 4 + length)));
  at += 4 + length;
  scored++;
}

const letters = readFileSync(deadLetterFile, 'utf8');
let rejected = 0;
for (const [, partition, offset] of letters.matchAll(/weir\.source\.partition=(\d+),weir\.source\.offset=(\d+)/g)) {
  count(`${partition}:${offset}`);
  rejected++;
}

let written = 0;
let missing = 0;
const wrong = [];
for (const end of ends) {
  const [partition, records] = end.split(':').map(Number);
  written += records;
  for (let offset = 0; offset < records; offset++) {
    if (!counts.has(`${partition}:${offset}`)) {
      missing++;
      wrong.push(`missing: ${partition}:${offset}`);
    }
  }
}
const twice = [...counts].filter(([, times]) => times > 1);
twice.forEach(([at, times]) => wrong.push(`${times} times: ${at}`));

wrong.slice(0, 10).forEach((line) => console.error(line));
console.log(`records written: ${written}\nrecords scored: ${scored}\ndead letters: ${rejected}\nplaces missing: ${missing}\nplaces more than once: ${twice.length}`);
process.exit(written > 0 && scored > 0 && scored + rejected === written && wrong.length === 0 ? 0 : 1);
