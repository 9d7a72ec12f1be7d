import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { auditSchema } from '../src/app/audit-views.ts';
import { answersSchema, buildingFormSchema, envelopeJsonSchema } from '../src/create/index.ts';
import { measureSchema, subsidySchema } from '../src/simulate/index.ts';
import { modelJsonSchema, modelRecordSchema, savingsJsonSchema } from '../src/measure/index.ts';

/** Writes the JSON schemas of docs/schemas from the zod schemas the program validates with. */
const published = [
  { file: 'envelope-1', title: 'stacoptim create --json', schema: envelopeJsonSchema },
  { file: 'audit-1', title: 'stacoptim report BUILDING --out FILE.json', schema: auditSchema },
  { file: 'answers-1', title: 'answers file of stacoptim create --answers', schema: answersSchema },
  { file: 'form-1', title: 'short form of a building without a model', schema: buildingFormSchema },
  { file: 'model-1', title: 'stacoptim fit --json', schema: modelJsonSchema },
  { file: 'model-record-2', title: 'a trained model as the store keeps it', schema: modelRecordSchema },
  { file: 'savings-1', title: 'stacoptim measure --json', schema: savingsJsonSchema },
  { file: 'measure-1', title: 'a renovation measure of models/measures or of a user', schema: measureSchema },
  { file: 'subsidy-1', title: 'a scheme of aid of models/subsidies or of a user', schema: subsidySchema },
] as const;

mkdirSync('docs/schemas', { recursive: true });
for (const { file, title, schema } of published) {
  const text = JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2);
  writeFileSync(`docs/schemas/${file}.schema.json`, `${text}\n`);
}
