import { failure, ok, type Result } from '#core/result.ts';
import type { Readings } from '#core/series.ts';
import { numberEn, numberFr } from '../core/wording.ts';

/**
 * How the energy of one meter is shared: by fixed shares (of which the sum is one), in proportion to areas or other
 * weights, or heating apart from a base load known in kWh a day (hot water, cooking). Recipients are buildings or uses.
 */
export type AllocationRule =
  | { readonly kind: 'shares'; readonly shares: Readonly<Record<string, number>> }
  | { readonly kind: 'weights'; readonly weights: Readonly<Record<string, number>> }
  | { readonly kind: 'base-load'; readonly base: string; readonly rest: string; readonly kwhDay: number };

export type Allocation = ReadonlyMap<string, Readings>;

const DAY_MS = 86_400_000;
const tolerance = 1e-6;

const bad = (fr: string, en: string, field?: string): Result<never> =>
  failure('bad-allocation', fr, en, field === undefined ? {} : { field });

/** Fixed shares of a rule; a base load has none. */
const sharesOf = (rule: AllocationRule): Result<[string, number][]> => {
  if (rule.kind === 'base-load') return ok([]);
  const parts = Object.entries(rule.kind === 'shares' ? rule.shares : rule.weights);
  const wrong = parts.find(([, share]) => !(share >= 0) || !Number.isFinite(share));
  if (wrong !== undefined)
    return bad(
      `La part de « ${wrong[0]} » doit être un nombre positif ou nul.`,
      `The share of “${wrong[0]}” must be a number of zero or more.`,
      wrong[0],
    );
  const total = parts.reduce((sum, [, share]) => sum + share, 0);
  if (rule.kind === 'shares' && Math.abs(total - 1) > tolerance)
    return bad(
      `Les parts font ${numberFr(Number(total.toFixed(4)))} au lieu de 1 : corrigez-les, ou donnez des poids.`,
      `The shares add up to ${numberEn(Number(total.toFixed(4)))} instead of 1: correct them, or give weights.`,
    );
  if (!(total > 0)) return bad('Aucune part n’est positive.', 'No share is above zero.');
  return ok(parts.map(([recipient, share]) => [recipient, share / total]));
};

/**
 * Shares the readings of one meter between buildings or uses; what is given out adds up to what was read, interval by
 * interval. A base load never takes more than the reading. Fails with `bad-allocation`.
 */
export const allocate = (readings: Readings, rule: AllocationRule): Result<Allocation> => {
  const { startMs, endMs, energyKwh } = readings;
  const part = (recipient: string, kwh: Float64Array): [string, Readings] => [
    recipient,
    { ...readings, name: `${readings.name} → ${recipient}`, energyKwh: kwh },
  ];
  if (rule.kind === 'base-load') {
    const { base, rest, kwhDay } = rule;
    if (!(kwhDay >= 0) || base === rest)
      return bad(
        'Le talon doit être positif ou nul, et ses deux usages différents.',
        'The base load must be zero or more, and its two uses different.',
        'kwhDay',
      );
    const baseKwh = energyKwh.map((kwh, index) =>
      Math.max(0, Math.min(kwh, (kwhDay * (endMs[index] - startMs[index])) / DAY_MS)),
    );
    return ok(
      new Map([
        part(base, baseKwh),
        part(
          rest,
          energyKwh.map((kwh, index) => kwh - baseKwh[index]),
        ),
      ]),
    );
  }
  const shares = sharesOf(rule);
  if (!shares.ok) return shares;
  return ok(
    new Map(
      shares.value.map(([recipient, share]) =>
        part(
          recipient,
          energyKwh.map((kwh) => kwh * share),
        ),
      ),
    ),
  );
};

/** What becomes of the electricity of the building's own panels. */
export type SelfConsumption = {
  /** Panels' energy used in the building, kWh each interval. */
  readonly usedKwh: Float64Array;
  readonly exportedKwh: Float64Array;
  /** All electricity the building used: from the grid and from its panels. */
  readonly totalUseKwh: Float64Array;
};

/**
 * Splits photovoltaic production from the three meters of a site on the same intervals: use of own panels is production
 * less export, and the building's use is import plus that (EN 15316-4-3, balance at the connection point). NaN where a
 * meter is unknown or exports more than is made. Fails with `intervals-differ`.
 */
export const selfConsumption = (
  imported: Readings,
  produced: Readings,
  exported: Readings,
): Result<SelfConsumption> => {
  const same = [produced, exported].every(
    ({ startMs, endMs }) =>
      startMs.length === imported.startMs.length &&
      startMs.every(
        (start, index) => start === imported.startMs[index] && endMs[index] === imported.endMs[index],
      ),
  );
  if (!same)
    return failure(
      'intervals-differ',
      'Soutirage, production et injection n’ont pas les mêmes intervalles : ramenez-les d’abord au même pas.',
      'Import, production and export have not the same intervals: bring them to one step first.',
    );
  const usedKwh = produced.energyKwh.map((made, index) => {
    const used = made - exported.energyKwh[index];
    return used >= -tolerance ? Math.max(0, used) : Number.NaN;
  });
  return ok({
    usedKwh,
    exportedKwh: exported.energyKwh,
    totalUseKwh: imported.energyKwh.map((kwh, index) => kwh + usedKwh[index]),
  });
};
