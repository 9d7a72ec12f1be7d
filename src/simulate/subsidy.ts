import { z } from 'zod';
import { type Result, failure, ok } from '#core/result.ts';
import { amountUnit, carrier, message, use } from './schema.ts';

const day = z.iso.date();

/** One scheme of aid: a CEE sheet, or a local scheme that a user describes in a file of the same shape. */
export const subsidySchema = z
  .object({
    schema: z.literal('stacoptim.subsidy/1'),
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    version: z.string().min(1),
    date: z.string().min(4),
    name: message,
    scheme: z.enum(['cee', 'local']),
    /** The measures it pays for: those that name this sheet, or those listed. */
    sheet: z.string().min(1).optional(),
    measures: z.array(z.string()).min(1).optional(),
    /** Left out: any use, any energy heated with before the works. */
    uses: z.array(use).optional(),
    carriers: z.array(carrier).optional(),
    /** First and last day of engagement. */
    from: day.optional(),
    until: day.optional(),
    amount: z.discriminatedUnion('kind', [
      /** kWh cumac a unit by climate zone, paid at the price of the certificates. */
      z.object({
        kind: z.literal('cumac'),
        unit: amountUnit,
        kwhPerUnit: z.object({
          H1: z.number().nonnegative(),
          H2: z.number().nonnegative(),
          H3: z.number().nonnegative(),
        }),
      }),
      z.object({ kind: z.literal('per-unit'), unit: amountUnit, eurPerUnit: z.number().nonnegative() }),
      z.object({
        kind: z.literal('share-of-cost'),
        share: z.number().min(0).max(1),
        mostEur: z.number().nonnegative().optional(),
      }),
    ]),
    verified: z.boolean(),
    source: z.string().min(1),
    conditions: z.array(message),
  })
  .refine(({ sheet, measures }) => sheet !== undefined || measures !== undefined, {
    message: 'name the sheet or the measures it pays for',
    path: ['measures'],
  });

export type Subsidy = z.infer<typeof subsidySchema>;

/** Reads a scheme of aid from outside. Fails with `invalid-subsidy`, the field named. */
export const parseSubsidy = (input: unknown, file?: string): Result<Subsidy> => {
  const parsed = subsidySchema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return failure(
    'invalid-subsidy',
    `L’aide ne suit pas le schéma : champ « ${field} », ${issue?.message ?? ''}. Corriger ce champ.`,
    `The aid does not follow its schema: field “${field}”, ${issue?.message ?? ''}. Correct this field.`,
    { ...(file === undefined ? {} : { file }), field },
  );
};
