import { hasMixedBase } from './mixed-base.ts';
import { isElementEffect, treatedElements } from './applicability.ts';
import { spreadDraws } from './draws.ts';
import { HOURS_A_YEAR, panelsOf } from './measure-effect.ts';
import type { After } from './run.ts';
import type { AmountUnit, Measure } from './schema.ts';
import type { Economics, ScenarioInput } from './types.ts';

const treatedOf = (
  input: ScenarioInput,
  measure: Measure,
): { readonly count: number; readonly areaM2: number } => {
  const ids = new Set<string>();
  let areaM2 = 0;
  for (const effect of measure.effects.filter(isElementEffect))
    for (const element of treatedElements(input.twin, measure, effect)) {
      if (!ids.has(element.id)) areaM2 += element.areaNetM2;
      ids.add(element.id);
    }
  return { count: ids.size, areaM2 };
};

/**
 * How much of its unit a measure needs: one figure, or one a draw for plant, kW. A plant is sized on the loss after works at the
 * design temperature and on the mean power of the base load that it takes over (hot water, pools): the least that a year's energy
 * balance asks of it, whatever is stored.
 */
export const amountOf = (
  input: ScenarioInput,
  measure: Measure,
  unit: AmountUnit,
  after: After,
): number | Float64Array => {
  switch (unit) {
    case 'building':
      return 1;
    case 'm2-floor':
      return input.twin.floorAreaM2.value;
    case 'm2-element':
      return treatedOf(input, measure).areaM2;
    case 'element':
      return treatedOf(input, measure).count;
    case 'kWp':
      return measure.effects.reduce(
        (sum, effect) => sum + (effect.kind === 'photovoltaic' ? panelsOf(input.twin, effect) : 0),
        0,
      );
    case 'kW': {
      const { setPointC, efficiency } = input.posterior;
      const { designC } = input.weather;
      const mixedBase = hasMixedBase(input.twin);
      const power = new Float64Array(after.totalH.length);
      for (let i = 0; i < power.length; i += 1)
        power[i] =
          Math.max(0, (after.totalH[i] * (setPointC[i] - designC)) / 1000) +
          (mixedBase ? 0 : (after.servedBaseKwh[i] * efficiency[i]) / HOURS_A_YEAR);
      return power;
    }
    default: {
      const never: never = unit;
      throw new Error(`Unknown unit ${String(never)}`);
    }
  }
};

/** Factor that brings a price of a date to the index's last year; undefined where the year is not in the table. */
const indexFactor = ({ costIndex }: Economics, priceDate: string): number | undefined => {
  const then = costIndex.years[priceDate.slice(0, 4)];
  const now = costIndex.years[costIndex.to];
  return then === undefined || now === undefined ? undefined : now / then;
};

/** EUR without tax of each measure, one value a draw; undefined where one has no cost or no index for its date. */
export const costsOf = (input: ScenarioInput, after: After): readonly Float64Array[] | undefined => {
  const costs: Float64Array[] = [];
  for (const measure of input.measures) {
    const { cost } = measure;
    const index = cost === null ? undefined : indexFactor(input.economics, cost.priceDate);
    if (cost === null || index === undefined) return undefined;
    const amount = amountOf(input, measure, cost.unit, after);
    const spread = spreadDraws(`${measure.id}/cost`, 1, cost.spread, input.posterior.draws);
    const eur = new Float64Array(spread.length);
    const [fixed, perUnit] = [index * cost.fixedEur, index * cost.perUnitEur];
    if (typeof amount === 'number') {
      const middle = fixed + perUnit * amount;
      for (let i = 0; i < eur.length; i += 1) eur[i] = middle * spread[i];
    } else for (let i = 0; i < eur.length; i += 1) eur[i] = (fixed + perUnit * amount[i]) * spread[i];
    costs.push(eur);
  }
  return costs;
};
