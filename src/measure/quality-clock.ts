import { weekday } from '#core/calendar.ts';
import { message } from '#core/message.ts';
import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Finding } from './quality-types.ts';
import { dayEn, dayFr } from '../core/wording.ts';

const HOUR_MS = 3_600_000;
const slots = 24;
const blockDays = 14;
const furthestHours = 6;
/** A block counts when its shape follows the usual one this well, and the shifted one this much better than the unshifted. */
const leastFit = 0.95;
const leastGain = 0.15;
/** A shift is told when it holds over this many blocks in a row. */
const leastBlocks = 3;

type Block = { readonly firstDay: number; readonly lastDay: number; readonly profile: Float64Array };

/** Mean working-day profile of each two weeks, centred and of length one, so that a product is a correlation. */
const blocksOf = (readings: Readings, zone: Zone): Block[] => {
  const { startMs, energyKwh } = readings;
  const sums = new Map<number, { sum: Float64Array; known: Float64Array }>();
  for (let index = 0; index < startMs.length; index++) {
    const value = energyKwh[index];
    if (Number.isNaN(value)) continue;
    const local = startMs[index] + zone.offsetMs(startMs[index]);
    const day = Math.floor(local / 86_400_000);
    if (weekday(day) > 4) continue;
    const key = Math.floor(day / blockDays);
    let block = sums.get(key);
    if (block === undefined) {
      block = { sum: new Float64Array(slots), known: new Float64Array(slots) };
      sums.set(key, block);
    }
    const slot = Math.floor(local / HOUR_MS) - day * slots;
    block.sum[slot] += value;
    block.known[slot]++;
  }
  return [...sums]
    .sort(([left], [right]) => left - right)
    .flatMap(([key, { sum, known }]) => {
      const profile = sum.map((total, slot) => total / known[slot]);
      const mean = profile.reduce((total, one) => total + one, 0) / slots;
      const length = Math.sqrt(profile.reduce((total, one) => total + (one - mean) ** 2, 0));
      if (!(length > 0)) return [];
      return [
        {
          firstDay: key * blockDays,
          lastDay: key * blockDays + blockDays - 1,
          profile: profile.map((one) => (one - mean) / length),
        },
      ];
    });
};

const correlation = (usual: Float64Array, profile: Float64Array, shift: number): number => {
  let sum = 0;
  for (let slot = 0; slot < slots; slot++) sum += usual[slot] * profile[(slot + shift + slots) % slots];
  return sum;
};

/** Hours by which a block runs late against the usual shape (negative: early); 0 where it is not clear. */
const shiftOf = (usual: Float64Array, profile: Float64Array): number => {
  let [best, highest] = [0, Number.NEGATIVE_INFINITY];
  for (let shift = -furthestHours; shift <= furthestHours; shift++) {
    const one = correlation(usual, profile, shift);
    if (one > highest) [best, highest] = [shift, one];
  }
  return highest >= leastFit && highest - correlation(usual, profile, 0) >= leastGain ? best : 0;
};

/**
 * Stretches of six weeks or more whose working-day shape is the usual one, some hours early or late: the clock of the meter or of
 * the export was changed. Works on hourly or finer readings with a marked daily shape.
 */
export const findClockShifts = (readings: Readings, zone: Zone): Finding[] => {
  if (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly') return [];
  const blocks = blocksOf(readings, zone);
  if (blocks.length < 4 * leastBlocks) return [];
  const total = new Float64Array(slots);
  for (const { profile } of blocks) for (let slot = 0; slot < slots; slot++) total[slot] += profile[slot];
  const length = Math.sqrt(total.reduce((sum, one) => sum + one * one, 0));
  const usual = total.map((one) => one / length);
  const shifts = blocks.map(({ profile }) => shiftOf(usual, profile));
  const found: Finding[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const shift = shifts[index];
    if (shift === 0) continue;
    let last = index;
    while (last + 1 < blocks.length && shifts[last + 1] === shift) last++;
    if (last - index + 1 >= leastBlocks) {
      const [from, to] = [blocks[index].firstDay, blocks[last].lastDay];
      const hours = Math.abs(shift);
      found.push({
        code: 'clock-shift',
        from,
        to,
        ratio: shift,
        message: message(
          `Du ${dayFr(from)} au ${dayFr(to)}, la forme de la journée est la même ${hours} h plus ${shift > 0 ? 'tard' : 'tôt'} : l’horloge a été décalée.`,
          `From ${dayEn(from)} to ${dayEn(to)} the shape of the day is the same ${hours} h ${shift > 0 ? 'later' : 'earlier'}: the clock was shifted.`,
        ),
        action: message(
          'Vérifiez le fuseau et l’heure d’été de l’export ; décalez cette partie si l’erreur est confirmée.',
          'Check the time zone and summer time of the export; shift this part if the error is confirmed.',
        ),
      });
    }
    index = last;
  }
  return found;
};
