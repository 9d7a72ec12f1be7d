import { z } from 'zod';
import { type DayRange, formatRange, parseDay } from '#core/calendar.ts';
import { failure, ok, type Result } from '#core/result.ts';

/** Days of closure as a person gives them, first and last included. */
const closureSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  name: z.string().max(200).optional(),
});
export const closureListSchema = z.array(closureSchema).max(1000);
type ClosureList = z.infer<typeof closureListSchema>;

/** A file of closures; published as docs/schemas/closures-1.schema.json. */
export const closuresFileSchema = z.strictObject({
  schema: z.literal('stacoptim.closures/1'),
  closures: closureListSchema,
});

/**
 * Given closures as ranges of days, earliest first. `place` says where they stand. Fails with `closures-date` (no such day),
 * `closures-reversed` and `closures-overlap`.
 */
export const closureRanges = (list: ClosureList, place: string): Result<DayRange[]> => {
  const ranges: DayRange[] = [];
  for (const [index, { from: first, to: last }] of list.entries()) {
    const field = `closures.${index}`;
    const [from, to] = [parseDay(first), parseDay(last)];
    if (from === undefined || to === undefined) {
      const wrong = from === undefined ? first : last;
      return failure(
        'closures-date',
        `« ${place} », fermeture ${index + 1} : « ${wrong} » n’est pas une date. Écrivez AAAA-MM-JJ.`,
        `“${place}”, closure ${index + 1}: “${wrong}” is not a date. Write YYYY-MM-DD.`,
        { file: place, field },
      );
    }
    if (to < from)
      return failure(
        'closures-reversed',
        `« ${place} », fermeture ${index + 1} : elle finit (${last}) avant de commencer (${first}). Échangez les deux dates.`,
        `“${place}”, closure ${index + 1}: it ends (${last}) before it begins (${first}). Swap the two dates.`,
        { file: place, field },
      );
    ranges.push({ from, to });
  }
  ranges.sort((one, other) => one.from - other.from);
  for (const [index, range] of ranges.entries()) {
    const next = ranges[index + 1];
    if (next !== undefined && next.from <= range.to)
      return failure(
        'closures-overlap',
        `« ${place} » : les fermetures ${formatRange(range)} et ${formatRange(next)} se recouvrent. Réunissez-les ou corrigez une date.`,
        `“${place}”: the closures ${formatRange(range)} and ${formatRange(next)} overlap. Join them or correct a date.`,
        { file: place },
      );
  }
  return ok(ranges);
};

/** Reads a closures file. Fails with `closures-invalid` (no JSON, a field that does not fit) and as `closureRanges` does. */
export const readClosures = (name: string, text: string): Result<DayRange[]> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(
      'closures-invalid',
      `« ${name} » n’est pas du JSON. Un exemple : {"schema": "stacoptim.closures/1", "closures": [{"from": "2024-07-29", "to": "2024-08-18"}]}.`,
      `“${name}” is not JSON. An example: {"schema": "stacoptim.closures/1", "closures": [{"from": "2024-07-29", "to": "2024-08-18"}]}.`,
      { file: name },
    );
  }
  const read = closuresFileSchema.safeParse(json);
  if (read.success) return closureRanges(read.data.closures, name);
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  return failure(
    'closures-invalid',
    `« ${name} », champ « ${field} » : ${issue?.message ?? ''}. Voyez docs/meters.md.`,
    `“${name}”, field “${field}”: ${issue?.message ?? ''}. See docs/meters.md.`,
    { file: name, field },
  );
};
