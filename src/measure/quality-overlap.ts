import { message } from '#core/message.ts';
import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import { countEn, countFr, precisionEn, precisionFr } from '../core/wording.ts';
import type { Finding } from './quality-types.ts';

/** Share of the shorter of two intervals that must lie inside the other: the clock of a meter may be a little off. */
const leastShared = 0.5;
const DAY_MS = 86_400_000;

type Run = { from: number; to: number; count: number; energyKwh: number };

const findingOf = ({ from, to, count, energyKwh }: Run): Finding => ({
  code: 'duplicate',
  from,
  to,
  message: message(
    `${countFr(count, 'relevé couvre', 'relevés couvrent')} un temps déjà compté par un autre : ${precisionFr(energyKwh, 4)} kWh peuvent être comptés deux fois.`,
    `${countEn(count, 'reading covers', 'readings cover')} time that another counts already: ${precisionEn(energyKwh, 4)} kWh may be counted twice.`,
  ),
  action: message(
    'Un même compteur a pu être versé par jour et par demi-heure : écartez l’une des deux séries sur ces jours, ou donnez-lui un compteur à elle.',
    'The same meter may have been sent by day and by half-hour: set one of the two aside on these days, or give it a meter of its own.',
  ),
});

/**
 * Readings whose interval lies over that of an earlier one (a day, then its half-hours), by runs of local days. Readings of several
 * days are bills, whose settlements are told apart elsewhere (`billedSeries`).
 */
export const findOverlaps = (readings: Readings, zone: Zone): Finding[] => {
  const { startMs, endMs, energyKwh, resolution } = readings;
  if (resolution === 'monthly' || resolution === 'irregular') return [];
  const runs: Run[] = [];
  let widest = -1;
  for (let index = 0; index < startMs.length; index++) {
    if (Number.isNaN(energyKwh[index])) continue;
    const sharedMs = widest < 0 ? 0 : Math.min(endMs[widest], endMs[index]) - startMs[index];
    const shorterMs =
      widest < 0 ? DAY_MS : Math.min(endMs[widest] - startMs[widest], endMs[index] - startMs[index]);
    if (widest < 0 || endMs[index] > endMs[widest]) widest = index;
    if (sharedMs < leastShared * shorterMs) continue;
    const day = zone.localDay(startMs[index]);
    const last = runs.at(-1);
    if (last !== undefined && day <= last.to + 1) {
      last.to = day;
      last.count++;
      last.energyKwh += energyKwh[index];
    } else runs.push({ from: day, to: day, count: 1, energyKwh: energyKwh[index] });
  }
  return runs.map(findingOf);
};
