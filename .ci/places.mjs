// Looks whether each record of the input was scored exactly once, or is a dead letter.
//
//   node .ci/places.mjs SCORED DEAD_LETTERS PARTITION:COUNT...
//
// SCORED: kcat's '%R%s' of the scored topic (ScoredRecord in Confluent's wire format), DEAD_LETTERS: its '%h\n' of the dead letters,
// then how many records each partition of the input has. Exit code 1 says that places are missing or there twice.
import { readFileSync } from 'node:fs';
import { readRecords } from './avro.mjs';

const [scoredFile, deadLetterFile, ...ends] = process.argv.slice(2);

const counts = new Map();
const count = (at) => counts.set(at, (counts.get(at) ?? 0) + 1);

const all = readRecords(scoredFile, 'ScoredRecord');
const scored = all.length;
all.forEach((record) => count(`${record.sourcePartition}:${record.sourceOffset}`));

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
