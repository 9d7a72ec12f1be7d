import type { z } from 'zod';
import { type Measure, shippedEconomics } from '#simulate/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { plannedMeasureSchema } from './comparison-views.ts';

/** Years after the present one before which works must be planned: the horizon of the life-cycle figures. */
const HORIZON_YEARS = shippedEconomics.horizonYears;

export type Planned = z.infer<typeof plannedMeasureSchema>;

/** The measures of a plan, each on its elements, with the years to its works. */
export type Plan = { readonly measures: readonly Measure[]; readonly delays: readonly number[] };

/** Finds the measures of a plan. Fails with `unknown-measure` and `year-past-horizon`. */
export const planOf = (
  planned: readonly (string | Planned)[],
  nowMs: number,
  catalogue: readonly Measure[],
): Result<Plan> => {
  const first = new Date(nowMs).getUTCFullYear();
  const last = first + HORIZON_YEARS - 1;
  const measures: Measure[] = [];
  const delays: number[] = [];
  for (const one of planned) {
    const { measure: id, year = first, elementIds } = typeof one === 'string' ? { measure: one } : one;
    const found = catalogue.find((measure) => measure.id === id);
    if (found === undefined)
      return failure(
        'unknown-measure',
        `Geste « ${id} » hors catalogue. Voyez /v1/buildings/{id}/measures.`,
        `Measure “${id}” is not in the catalogue. See /v1/buildings/{id}/measures.`,
        { field: 'measures' },
      );
    if (year < first || year > last)
      return failure(
        'year-past-horizon',
        `« ${id} » est prévu en ${year} : l’année doit être entre ${first} et ${last}.`,
        `“${id}” is planned in ${year}: the year must lie between ${first} and ${last}.`,
        { field: 'year' },
      );
    measures.push(elementIds === undefined ? found : { ...found, elementIds });
    delays.push(year - first);
  }
  return ok({ measures, delays });
};
