import { message } from '#core/message.ts';
import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Finding } from './quality-types.ts';
import { dayEn, dayFr, decimalFr, precisionFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;

/** Readings are set against those of the month around. */
const aroundMs = 15 * DAY_MS;
/** A reading this many times the 95th percentile of its month, and past the extremes of the series' own spread, is a spike. */
const spikeFactor = 5;
const usualShare = 0.95;
const leastAround = 20;
/** More than this share of readings standing out is the way of the building, not a defect. */
const commonShare = 0.002;

const action = message(
  'Comparez avec la facture ou le compteur ; excluez le relevé s’il est faux.',
  'Compare with the bill or the meter; leave the reading out if it is wrong.',
);

const spikeAt = (day: number, value: number, usual: number): Finding => ({
  code: 'spike',
  from: day,
  to: day,
  ratio: value / usual,
  message: message(
    `Le ${dayFr(day)}, un relevé de ${precisionFr(value, 4)} kWh vaut ${decimalFr(value / usual, 1)} fois le haut de l’usage du mois (${precisionFr(usual, 3)} kWh).`,
    `On ${dayEn(day)} a reading of ${value.toPrecision(4)} kWh is ${(value / usual).toFixed(1)} times the upper use of the month (${usual.toPrecision(3)} kWh).`,
  ),
  action,
});

const negativeAt = (day: number, value: number): Finding => ({
  code: 'spike',
  from: day,
  to: day,
  message: message(
    `Le ${dayFr(day)}, un relevé négatif (${precisionFr(value, 4)} kWh) : une consommation ne l’est pas.`,
    `On ${dayEn(day)} a reading is negative (${value.toPrecision(4)} kWh): a consumption never is.`,
  ),
  action,
});

/** Readings far above the use of the month around them, and negative ones; at most one a day, the highest. */
export const findSpikes = (readings: Readings, zone: Zone): Finding[] => {
  const { startMs, energyKwh, resolution } = readings;
  if (resolution === 'monthly' || resolution === 'irregular') return [];
  const length = energyKwh.length;
  const byDay = new Map<number, Finding>();
  let spikes = 0;
  // Months of readings are sorted once every five days: the usual does not move faster.
  let [usual, refreshAt, from, to] = [Number.NaN, Number.NEGATIVE_INFINITY, 0, 0];
  for (let index = 0; index < length; index++) {
    const value = energyKwh[index];
    const instant = startMs[index];
    if (instant >= refreshAt) {
      refreshAt = instant + 5 * DAY_MS;
      while (from < length && startMs[from] < instant - aroundMs) from++;
      while (to < length && startMs[to] <= instant + aroundMs) to++;
      const around = energyKwh
        .slice(from, to)
        .filter((one) => one > 0)
        .sort();
      usual =
        around.length >= leastAround ? around[Math.floor(usualShare * (around.length - 1))] : Number.NaN;
    }
    const day = zone.localDay(instant);
    if (value < 0) byDay.set(day, negativeAt(day, value));
    else if (value > spikeFactor * usual) {
      spikes++;
      const known = byDay.get(day);
      if (known === undefined || (known.ratio ?? 0) < value / usual)
        byDay.set(day, spikeAt(day, value, usual));
    }
  }
  const found = [...byDay.values()];
  return spikes > Math.max(20, commonShare * length)
    ? found.filter((one) => (one.ratio ?? Number.POSITIVE_INFINITY) > 4 * spikeFactor)
    : found;
};
