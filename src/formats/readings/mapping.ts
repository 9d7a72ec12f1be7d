import { z } from 'zod';
import { parseDay } from '#core/calendar.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { energyUnits } from '#core/series.ts';
import type { ReadingsOptions } from './types.ts';

/** A mapping file: how the columns of a readings file are to be understood, written once for all files of its kind. */
export const mappingSchema = z.strictObject({
  timeColumn: z.string().min(1).optional(),
  valueColumn: z.string().min(1).optional(),
  temperatureColumn: z.string().min(1).optional(),
  where: z.record(z.string(), z.string()).optional(),
  unit: z.enum(energyUnits).optional(),
  kwhPerM3: z.number().positive().optional(),
  timezone: z.string().min(1).optional(),
  register: z.boolean().optional(),
  fahrenheit: z.boolean().optional(),
  perDay: z.boolean().optional(),
  stamps: z.enum(['start', 'end']).optional(),
  counter: z
    .strictObject({
      origin: z.string().refine((text) => parseDay(text) !== undefined, 'YYYY-MM-DD'),
      step: z.enum(['second', 'hour', 'day', 'month']),
      first: z.number().int().optional(),
    })
    .optional(),
  meter: z.string().min(1).optional(),
});

/** What a mapping says, without what it leaves out. */
export const mappingOptions = (mapping: z.infer<typeof mappingSchema>): ReadingsOptions =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined));

/** Reads a mapping file. Fails with `mapping-invalid`. */
export const mappingOf = (name: string, text: string): Result<ReadingsOptions> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(
      'mapping-invalid',
      `« ${name} » n’est pas du JSON. Un exemple : {"timeColumn": "date", "valueColumn": "gaz", "unit": "kWh"}.`,
      `“${name}” is not JSON. An example: {"timeColumn": "date", "valueColumn": "gas", "unit": "kWh"}.`,
      { file: name },
    );
  }
  const read = mappingSchema.safeParse(json);
  if (read.success) return ok(mappingOptions(read.data));
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  return failure(
    'mapping-invalid',
    `« ${name} » : ${field === '' ? 'un champ n’est pas connu' : `le champ ${field} ne convient pas`} (${issue?.message ?? ''}). Champs possibles : ${Object.keys(mappingSchema.shape).join(', ')}.`,
    `“${name}”: ${field === '' ? 'a field is not known' : `the field ${field} does not fit`} (${issue?.message ?? ''}). Possible fields: ${Object.keys(mappingSchema.shape).join(', ')}.`,
    { file: name, ...(field === '' ? {} : { field }) },
  );
};
