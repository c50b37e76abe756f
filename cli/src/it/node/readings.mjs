// Readings of a server's sensors, as the schemas in ./schemas have them, out of rows of plain numbers.

/** As reading-1.avsc has it. */
export function firstReading(row) {
  return {
    host: row.host,
    taken: new Date(row.taken),
    day: row.day,
    status: 'OK',
    cpu: { user: row.user, system: row.system },
    memory: row.memory,
    tags: { load: row.load, other: 1 },
    cores: row.cores,
  };
}

/** As reading-2.avsc has it, where more may be null and the fields are in another order. */
export function secondReading(row) {
  return {
    disk: { device: 'sda', used: row.used },
    cores: row.cores,
    memory: row.memory,
    cpu: { system: row.system, user: row.user, model: 'unknown' },
    tags: { rack: 'r1', nothing: null, load: row.load },
    day: row.day,
  };
}

/** As reading.json has it. */
export function jsonReading(row) {
  return {
    host: row.host,
    day: row.day,
    cpu: { user: row.user, system: row.system },
    memory: Number(row.memory),
    tags: { load: row.load },
    cores: row.cores,
  };
}

/** As reading.proto has it. */
export function protobufReading(row) {
  return {
    host: { name: row.host },
    taken: { seconds: BigInt(Math.floor(row.taken / 1000)), nanos: (row.taken % 1000) * 1_000_000 },
    day: row.day,
    cpu: row.system === null ? { user: row.user } : { user: row.user, system: row.system },
    memory: Number(row.memory),
    tags: { load: row.load },
    cores: row.cores,
  };
}
