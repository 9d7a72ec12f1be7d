import { hasMixedBase } from './mixed-base.ts';
import type { Bill, Stage } from './bills.ts';
import { chosenOf, type Model } from './model.ts';
import { type After, runCoalition } from './run.ts';

type ScenarioEffect = {
  readonly bills: readonly Bill[];
  readonly beforeKwh: Float64Array;
  readonly savingKwh: Float64Array;
  readonly electricitySavedKwh: Float64Array;
};

/** What a coalition leaves on the bills, by carrier, with the realisation rate on what it saves. */
export const effectOf = (
  model: Model,
  mask: number,
  after: After,
  realised: Float64Array | undefined,
): ScenarioEffect => {
  const { size } = model;
  const { carrier } = model.input.twin.system;
  const chosen = chosenOf(model, mask);
  const savingKwh = new Float64Array(size);
  const left = new Float64Array(size);
  const { totalKwh: beforeKwh, heatingKwh, baseKwh } = model;
  for (let i = 0; i < size; i += 1) {
    const total = beforeKwh[i];
    const rate = realised === undefined ? 1 : realised[i];
    // A rate above 1 cannot save more than there is.
    const predicted = heatingKwh[i] - after.heatingKwh[i] + (baseKwh[i] - after.baseKwh[i]);
    const saved = Math.min(total, predicted * rate);
    left[i] = saved - total;
    savingKwh[i] = saved - after.auxiliaryKwh[i];
  }
  const electricitySavedKwh =
    realised === undefined
      ? after.electricitySavedKwh
      : after.electricitySavedKwh.map((kwh, i) => kwh * realised[i]);
  const system = chosen.find((effect) => effect.system !== undefined)?.system;
  const backup = system?.backup;
  const then = system?.carrier ?? carrier;
  // What a mixed base load feeds stays where it was; the new generator takes the heating alone.
  const staying = hasMixedBase(model.input.twin) ? after.baseKwh : undefined;
  const moving = staying === undefined ? left : left.map((kwh, i) => Math.min(0, kwh + staying[i]));
  const remaining: Bill[] = [
    ...(backup === undefined
      ? [{ carrier: then, savedKwh: moving }]
      : [
          { carrier: then, savedKwh: moving.map((kwh, i) => kwh * (1 - backup.finalShare[i])) },
          { carrier: backup.carrier, savedKwh: moving.map((kwh, i) => kwh * backup.finalShare[i]) },
        ]),
    ...(staying === undefined ? [] : [{ carrier, savedKwh: left.map((kwh, i) => kwh - (moving[i] ?? 0)) }]),
  ];
  const bills: Bill[] = [
    { carrier, savedKwh: beforeKwh },
    ...remaining,
    ...(chosen.every((effect) => effect.auxiliaryKwh.length === 0 && effect.electricityKwh.length === 0)
      ? []
      : [
          {
            carrier: 'electricity' as const,
            savedKwh: electricitySavedKwh.map((kwh, i) => kwh - after.auxiliaryKwh[i]),
          },
        ]),
  ];
  return { bills, beforeKwh, savingKwh, electricitySavedKwh };
};

/** The years between one works and the next, each with the bills of what is done by then. */
export const stagesOf = (model: Model, full: ScenarioEffect, realised: Float64Array | undefined): Stage[] => {
  const { measures, delays, economics } = model.input;
  const years = [...new Set(measures.map((_, index) => delays?.[index] ?? 0))].sort((a, b) => a - b);
  return years.map((from, at) => {
    const until = years[at + 1] ?? economics.horizonYears;
    if (at === years.length - 1) return { from, until, bills: full.bills };
    let mask = 0;
    for (const index of measures.keys()) if ((delays?.[index] ?? 0) <= from) mask |= 1 << index;
    return { from, until, bills: effectOf(model, mask, runCoalition(model, mask), realised).bills };
  });
};
