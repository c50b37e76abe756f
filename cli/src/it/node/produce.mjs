// Writes readings to a topic. The job is one JSON object on standard input:
// brokers, registry, topic, library (confluent or kafkajs), format (see encoders.mjs), and rows.
import { CompressionTypes, Kafka, Partitioners, logLevel } from 'kafkajs';
import { encoder } from './encoders.mjs';
import { readJob } from './job.mjs';

const job = await readJob();
const encode = await encoder(job);
const records = [];
for (const row of job.rows) {
  const headers = {};
  const value = await encode(row, headers);
  records.push({ key: row.host, value, headers, timestamp: String(row.taken) });
}

const kafka = new Kafka({ clientId: 'weir-interop', brokers: [job.brokers], logLevel: logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
try {
  await producer.send({ topic: job.topic, messages: records, compression: CompressionTypes.GZIP });
} finally {
  await producer.disconnect();
}
console.log(JSON.stringify({ sent: records.length }));
