import { z } from 'zod';
import { failure, type Result } from '#core/result.ts';

const french = z.locales.fr().localeError;
const english = z.locales.en().localeError;

type Reasons = { readonly field: string; readonly fr: string; readonly en: string };

/** The first thing wrong with an input, in both languages; undefined when nothing is. */
const reasonsOf = (schema: z.ZodType, input: unknown): Reasons | undefined => {
  const fr = schema.safeParse(input, { error: french }).error?.issues[0];
  const en = schema.safeParse(input, { error: english }).error?.issues[0];
  if (fr === undefined || en === undefined) return undefined;
  return { field: fr.path.join('.'), fr: fr.message, en: en.message };
};

/** Checks an input; fails with the code of `refusal`, naming the field and the reason in both languages. */
export const checked = <T>(
  schema: z.ZodType<T>,
  input: unknown,
  refusal: { readonly code: string; readonly fr: string; readonly en: string },
): Result<T> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const why = reasonsOf(schema, input) ?? { field: '', fr: '', en: '' };
  const at =
    why.field === ''
      ? { fr: '', en: '' }
      : { fr: ` au champ « ${why.field} »`, en: ` at field “${why.field}”` };
  return failure(
    refusal.code,
    `${refusal.fr}${at.fr} : ${why.fr}. Corrigez ce champ.`,
    `${refusal.en}${at.en}: ${why.en}. Correct that field.`,
    { field: why.field },
  );
};
