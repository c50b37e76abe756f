// Reads Avro records of a topic, each by the schema id that it carries, and prints them, a JSON object a line.
// The job is one JSON object on standard input: brokers, registry, topic, library (confluent or kafkajs), count.
import { AvroDeserializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel } from 'kafkajs';
import { readJob } from './job.mjs';

const DECODERS = {
  confluent: ({ registry, topic }) => {
    const client = new SchemaRegistryClient({ baseURLs: [registry] });
    const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
    return (value, headers) => deserializer.deserialize(topic, value, headers);
  },
  kafkajs: ({ registry }) => {
    const client = new SchemaRegistry({ host: registry });
    return (value) => client.decode(value);
  },
};

const job = await readJob();
const decode = DECODERS[job.library](job);
const kafka = new Kafka({ clientId: 'weir-interop', brokers: [job.brokers], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `interop-${job.library}-${job.topic}` });
await consumer.connect();
await consumer.subscribe({ topic: job.topic, fromBeginning: true });
let left = job.count;
await new Promise((resolve, reject) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.run({
    eachMessage: async ({ message }) => {
      if (left <= 0) {
        return;
      }
      try {
        const value = await decode(message.value, message.headers);
        console.log(JSON.stringify({ key: message.key?.toString() ?? null, value }));
      } catch (error) {
        reject(error);
      }
      if (--left === 0) {
        resolve();
      }
    },
  });
});
await consumer.disconnect();
