import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { envelopeJsonSchema } from '../src/create/index.ts';
import { modelJsonSchema, modelRecordSchema, savingsJsonSchema } from '../src/measure/index.ts';

/** Writes the JSON schemas of docs/schemas from the zod schemas the program validates with. */
const published = [
  { file: 'envelope-1', title: 'stacoptim create --json', schema: envelopeJsonSchema },
  { file: 'model-1', title: 'stacoptim fit --json', schema: modelJsonSchema },
  { file: 'model-record-2', title: 'a trained model as the store keeps it', schema: modelRecordSchema },
  { file: 'savings-1', title: 'stacoptim measure --json', schema: savingsJsonSchema },
] as const;

mkdirSync('docs/schemas', { recursive: true });
for (const { file, title, schema } of published) {
  const text = JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2);
  writeFileSync(`docs/schemas/${file}.schema.json`, `${text}\n`);
}
