import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { manifestSchema } from '../src/app/archive/manifest.ts';
import { auditSchema } from '../src/app/audit-views.ts';
import { savingsReportSchema } from '../src/app/stock-savings-views.ts';
import { answersSchema, buildingFormSchema, envelopeJsonSchema } from '../src/create/index.ts';
import { closuresFileSchema } from '../src/formats/closures/index.ts';
import { modelJsonSchema, modelRecordSchema, savingsJsonSchema } from '../src/measure/index.ts';
import { archiveRecords } from '../src/store/index.ts';
import { measureSchema, subsidySchema } from '../src/simulate/index.ts';

/** The JSON schemas of docs/schemas, each from the zod schema the program validates with. */
export const publishedSchemas = [
  { file: 'envelope-1', title: 'stacoptim create --json', schema: envelopeJsonSchema },
  { file: 'audit-1', title: 'stacoptim report BUILDING --out FILE.json', schema: auditSchema },
  {
    file: 'savings-report-1',
    title: 'stacoptim savings --out FILE.json',
    schema: savingsReportSchema,
  },
  { file: 'answers-1', title: 'answers file of stacoptim create --answers', schema: answersSchema },
  { file: 'form-1', title: 'short form of a building without a model', schema: buildingFormSchema },
  { file: 'closures-1', title: 'closures file of --closures', schema: closuresFileSchema },
  { file: 'model-1', title: 'stacoptim fit --json', schema: modelJsonSchema },
  { file: 'model-record-2', title: 'a trained model as the store keeps it', schema: modelRecordSchema },
  { file: 'savings-1', title: 'stacoptim measure --json', schema: savingsJsonSchema },
  { file: 'measure-1', title: 'a renovation measure of models/measures or of a user', schema: measureSchema },
  { file: 'subsidy-1', title: 'a scheme of aid of models/subsidies or of a user', schema: subsidySchema },
  { file: 'organisation-1', title: 'manifest.json of stacoptim export-organisation', schema: manifestSchema },
  {
    file: 'organisation-records-1',
    title: 'the records of stacoptim export-organisation: a property a kind of file, each one of its lines',
    schema: z.object(archiveRecords),
  },
] as const;

export const schemaPath = (file: string): string => `docs/schemas/${file}.schema.json`;

/** The text of a published schema as the project's formatter leaves it, so that writing it again changes nothing. */
export const schemaText = ({ file, title, schema }: (typeof publishedSchemas)[number]): string =>
  execFileSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${schemaPath(file)}`],
    { input: JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2), encoding: 'utf8' },
  );
