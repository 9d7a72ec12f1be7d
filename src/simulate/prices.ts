import { z } from 'zod';
import { failure, ok, type Result } from '#core/result.ts';
import { carrier } from './schema.ts';
import type { EnergyPrices } from './types.ts';

const pricesSchema = z.object({
  schema: z.literal('stacoptim.energy-prices/1'),
  version: z.string().min(1),
  date: z.string().min(4),
  carriers: z.partialRecord(
    carrier,
    z.object({
      eurPerKwh: z.number().positive(),
      spread: z.number().min(0).max(3),
      source: z.string().min(1),
    }),
  ),
});

/** Reads prices of energy from outside. Fails with `invalid-prices`, the field named. */
export const parsePrices = (input: unknown, file?: string): Result<EnergyPrices> => {
  const parsed = pricesSchema.safeParse(input);
  if (parsed.success) {
    const { version, date, carriers } = parsed.data;
    const known = Object.entries(carriers).flatMap(([name, price]) =>
      price === undefined ? [] : [[name, price] as const],
    );
    return ok({ version, date, carriers: Object.fromEntries(known) });
  }
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return failure(
    'invalid-prices',
    `Les prix de l’énergie ne suivent pas le schéma : champ « ${field} », ${issue?.message ?? ''}. Corriger ce champ.`,
    `The prices of energy do not follow their schema: field “${field}”, ${issue?.message ?? ''}. Correct this field.`,
    { ...(file === undefined ? {} : { file }), field },
  );
};
