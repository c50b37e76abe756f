// The messages of cpu.proto and reading.proto as descriptors, as protoc would have made them.
import { create, createFileRegistry, createMutableRegistry } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_timestamp,
} from '@bufbuild/protobuf/wkt';

const field = (number, name, type, more = {}) => ({ number, name, type, label: Label.OPTIONAL, jsonName: name, ...more });
const message = (number, name, typeName, more = {}) => field(number, name, Type.MESSAGE, { typeName, ...more });

const cpu = create(FileDescriptorProtoSchema, {
  name: 'cpu.proto',
  package: 'test.interop',
  syntax: 'proto3',
  messageType: [
    {
      name: 'Cpu',
      field: [
        field(1, 'user', Type.DOUBLE),
        field(2, 'system', Type.DOUBLE, { proto3Optional: true, oneofIndex: 0 }),
      ],
      oneofDecl: [{ name: '_system' }],
    },
  ],
});

const reading = create(FileDescriptorProtoSchema, {
  name: 'reading.proto',
  package: 'test.interop',
  syntax: 'proto3',
  dependency: ['cpu.proto', 'google/protobuf/timestamp.proto'],
  messageType: [
    { name: 'Host', field: [field(1, 'name', Type.STRING)] },
    {
      name: 'Reading',
      field: [
        message(1, 'host', '.test.interop.Host'),
        message(2, 'taken', '.google.protobuf.Timestamp'),
        field(3, 'day', Type.INT32),
        message(4, 'cpu', '.test.interop.Cpu'),
        field(5, 'memory', Type.DOUBLE),
        message(6, 'tags', '.test.interop.Reading.TagsEntry', { label: Label.REPEATED }),
        field(7, 'cores', Type.FLOAT, { label: Label.REPEATED }),
      ],
      nestedType: [
        {
          name: 'TagsEntry',
          field: [field(1, 'key', Type.STRING), field(2, 'value', Type.DOUBLE)],
          options: { mapEntry: true },
        },
      ],
    },
  ],
});

const files = createFileRegistry(
  create(FileDescriptorSetSchema, { file: [file_google_protobuf_timestamp.proto, cpu, reading] }),
);

export const messages = createMutableRegistry(files);

/** A message of the type Reading. */
export function newReading(value) {
  return create(files.getMessage('test.interop.Reading'), value);
}
