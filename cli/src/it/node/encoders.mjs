// What writes a record's value: one encoder for each library, format and way to name the schema.
import { readFileSync } from 'node:fs';
import {
  AvroSerializer,
  Compatibility,
  HeaderSchemaIdSerializer,
  JsonSerializer,
  ProtobufSerializer,
  SchemaRegistryClient,
  SerdeType,
} from '@confluentinc/schemaregistry';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { logicalTypes } from './logical-types.mjs';
import { messages, newReading } from './protobuf-messages.mjs';
import { firstReading, jsonReading, protobufReading, secondReading } from './readings.mjs';

const schemaText = (name) => readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');

/** Puts a schema into the registry and writes with the subject's latest, which it is then. */
async function withConfluents({ registry, topic }, Serializer, schemaType, schema, toValue, settings, references) {
  const client = new SchemaRegistryClient({ baseURLs: [registry] });
  const subject = `${topic}-value`;
  await client.register(subject, { schemaType, schema: schemaText(schema), references });
  // As the other library asks for it.
  await client.updateCompatibility(subject, Compatibility.BACKWARD);
  const serializer = new Serializer(client, SerdeType.VALUE, { useLatestVersion: true, ...settings });
  return (row, headers) => serializer.serialize(topic, toValue(row), headers);
}

const avro = (job, schema, toValue, settings) =>
  withConfluents(job, AvroSerializer, 'AVRO', schema, toValue, { logicalTypes, ...settings });

async function withKafkajs({ registry, topic }, type, schema, toValue) {
  const client = new SchemaRegistry({ host: registry }, { [SchemaType.AVRO]: { logicalTypes } });
  const { id } = await client.register({ type, schema: schemaText(schema) }, { subject: `${topic}-value` });
  return (row) => client.encode(id, toValue(row));
}

const ENCODERS = {
  'confluent avro-1': (job) => avro(job, 'reading-1.avsc', firstReading),
  'confluent avro-2': (job) => avro(job, 'reading-2.avsc', secondReading),
  'confluent avro-guid': (job) =>
    avro(job, 'reading-1.avsc', firstReading, { schemaIdSerializer: HeaderSchemaIdSerializer }),
  'confluent json-schema': (job) =>
    withConfluents(job, JsonSerializer, 'JSON', 'reading.json', jsonReading, { validate: true }),
  // The schema is put there as text, for example by a build.
  'confluent protobuf': async (job) => {
    const client = new SchemaRegistryClient({ baseURLs: [job.registry] });
    const subject = `${job.topic}-cpu`;
    await client.register(subject, { schemaType: 'PROTOBUF', schema: schemaText('cpu.proto') });
    const references = [{ name: 'cpu.proto', subject, version: 1 }];
    const toMessage = (row) => newReading(protobufReading(row));
    const settings = { registry: messages };
    return withConfluents(job, ProtobufSerializer, 'PROTOBUF', 'reading.proto', toMessage, settings, references);
  },
  // The serializer puts it there, as a descriptor.
  'confluent protobuf-descriptor': (job) => {
    const client = new SchemaRegistryClient({ baseURLs: [job.registry] });
    const serializer = new ProtobufSerializer(client, SerdeType.VALUE, { autoRegisterSchemas: true, registry: messages });
    return (row, headers) => serializer.serialize(job.topic, newReading(protobufReading(row)), headers);
  },
  'kafkajs avro-1': (job) => withKafkajs(job, SchemaType.AVRO, 'reading-1.avsc', firstReading),
  'kafkajs avro-2': (job) => withKafkajs(job, SchemaType.AVRO, 'reading-2.avsc', secondReading),
  'kafkajs json-schema': (job) => withKafkajs(job, SchemaType.JSON, 'reading.json', jsonReading),
};

/** A function that turns a row into bytes; it may add to the record's headers. */
export async function encoder(job) {
  const make = ENCODERS[`${job.library} ${job.format}`];
  if (!make) {
    throw new Error(`${job.library} does not write ${job.format}`);
  }
  return make(job);
}
