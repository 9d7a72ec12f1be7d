import { dateOf, type DayRange, rangesOfDays } from '#core/calendar.ts';
import { message } from '#core/message.ts';
import type { DailySeries, Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import { coldDayC } from './daily.ts';
import type { Finding } from './quality-types.ts';
import { countEn, countFr, dayEn, dayFr, numberEn, numberFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;

/** Where no temperature is known, the months when a heated building in Europe or North America takes energy. */
const heatingMonths = new Set([11, 12, 1, 2, 3]);

/** A warm zero is odd only for a meter that is hardly ever at zero: at most this share of its warm days. */
const rareZeros = 0.02;
const leastWarmRun = 3;

const spanFr = (from: number, to: number): string =>
  from === to ? dayFr(from) : `${dayFr(from)} … ${dayFr(to)}`;

const spanEn = (from: number, to: number): string =>
  from === to ? dayEn(from) : `${dayEn(from)} … ${dayEn(to)}`;

/** Runs of consecutive days for which `holds`, as days. */
const runsOf = ({ energyKwh, firstDay }: DailySeries, holds: (value: number) => boolean): DayRange[] =>
  rangesOfDays([...energyKwh.keys()].filter((slot) => holds(energyKwh[slot])).map((slot) => firstDay + slot));

/**
 * Whole days at zero in the heating season of a meter that otherwise takes energy then; or, for a meter hardly ever at
 * zero, three days or more at any season.
 */
export const findZeroRuns = (daily: DailySeries): Finding[] => {
  const { energyKwh, outdoorC, firstDay } = daily;
  const cold = (day: number): boolean => {
    const degrees = outdoorC[day - firstDay];
    return Number.isNaN(degrees) ? heatingMonths.has(dateOf(day).month) : degrees < coldDayC;
  };
  let [coldUsed, warmZeros, warmDays] = [0, 0, 0];
  for (let slot = 0; slot < energyKwh.length; slot++) {
    const value = energyKwh[slot];
    if (Number.isNaN(value)) continue;
    if (cold(firstDay + slot)) coldUsed += value > 0 ? 1 : 0;
    else {
      warmDays++;
      if (value === 0) warmZeros++;
    }
  }
  return runsOf(daily, (value) => value === 0).flatMap((run): Finding[] => {
    const days = run.to - run.from + 1;
    const coldDays = Array.from({ length: days }, (_, index) => run.from + index).filter(cold);
    const inSeason = coldDays.length > 0 && coldUsed > 0;
    const odd = days >= leastWarmRun && warmDays > 0 && warmZeros <= rareZeros * warmDays + days;
    if (!inSeason && !(odd && warmZeros - days <= rareZeros * warmDays)) return [];
    const [from, to] = inSeason ? [coldDays[0], coldDays.at(-1) ?? run.to] : [run.from, run.to];
    return [
      {
        code: 'zero-as-missing',
        from,
        to,
        message: message(
          `${countFr(inSeason ? coldDays.length : days, 'jour', 'jours')} à zéro (${spanFr(from, to)}) ${inSeason ? 'en saison de chauffe' : 'd’un compteur qui n’y est presque jamais'} : sans doute une absence de valeur écrite zéro.`,
          `${countEn(inSeason ? coldDays.length : days, 'day', 'days')} at zero (${spanEn(from, to)}) ${inSeason ? 'in the heating season' : 'on a meter that hardly ever is'}: most likely missing values written as zero.`,
        ),
        action: message(
          'Si le bâtiment était occupé, tenez ces zéros pour manquants (--zeros missing) ; sinon confirmez la fermeture.',
          'If the building was in use, take these zeros as missing (--zeros missing); if not, confirm that it was closed.',
        ),
      },
    ];
  });
};

/** Stretches of a day or more without a value between the first and the last reading; shorter ones are counted together. */
export const findGaps = (readings: Readings, zone: Zone): Finding[] => {
  const { startMs, endMs, energyKwh, resolution } = readings;
  const found: Finding[] = [];
  const action = message(
    'Demandez ces relevés au fournisseur ; sinon ces jours sont exclus des modèles.',
    'Ask the supplier for these readings; otherwise these days are left out of the models.',
  );
  let [short, shortMs, firstShort, lastShort] = [0, 0, Number.NaN, Number.NaN];
  let knownUntil = Number.NaN;
  for (let index = 0; index < startMs.length; index++) {
    if (Number.isNaN(energyKwh[index])) continue;
    const hole = startMs[index] - knownUntil;
    if (hole >= 0.9 * DAY_MS && !(resolution === 'monthly' && hole < 2 * DAY_MS)) {
      const [from, to] = [zone.localDay(knownUntil), zone.localDay(startMs[index] - 1)];
      const days = Math.round(hole / DAY_MS);
      found.push({
        code: 'gap',
        from,
        to,
        message: message(
          `Aucune valeur pendant ${countFr(days, 'jour', 'jours')} (${spanFr(from, to)}).`,
          `No value for ${countEn(days, 'day', 'days')} (${spanEn(from, to)}).`,
        ),
        action,
      });
    } else if (hole > 60_000) {
      if (short++ === 0) firstShort = zone.localDay(knownUntil);
      lastShort = zone.localDay(startMs[index] - 1);
      shortMs += hole;
    }
    knownUntil = endMs[index];
  }
  if (short > 0)
    found.push({
      code: 'gap',
      from: firstShort,
      to: lastShort,
      message: message(
        `${countFr(short, 'trou', 'trous')} de moins d’un jour, ${(shortMs / 3_600_000).toFixed(0)} h en tout.`,
        `${countEn(short, 'gap', 'gaps')} of less than a day, ${(shortMs / 3_600_000).toFixed(0)} h in all.`,
      ),
      action,
    });
  return found;
};

/** A value that repeats longer than chance allows is frozen, but never under a day (a week of days). */
const leastFrozenMs = DAY_MS;
const leastFrozenDays = 7;
/** Chance of one such run in the whole series, were repeats independent. */
const frozenChance = 1e-4;

/** Runs of one same value above zero, longer than the series' own share of repeats explains. */
export const findFrozen = (readings: Readings, zone: Zone): Finding[] => {
  const { startMs, endMs, energyKwh, resolution } = readings;
  if (resolution === 'monthly' || resolution === 'irregular') return [];
  const length = energyKwh.length;
  let [repeats, pairs] = [0, 0];
  for (let index = 1; index < length; index++) {
    if (!(energyKwh[index] > 0)) continue;
    pairs++;
    if (energyKwh[index] === energyKwh[index - 1]) repeats++;
  }
  if (pairs === 0) return [];
  const share = Math.min(0.999, Math.max(0.01, repeats / pairs));
  const least = Math.log(frozenChance / length) / Math.log(share);
  const found: Finding[] = [];
  for (let index = 0; index < length; index++) {
    const value = energyKwh[index];
    if (!(value > 0)) continue;
    let last = index;
    while (last + 1 < length && energyKwh[last + 1] === value) last++;
    const count = last - index + 1;
    const lastsMs = endMs[last] - startMs[index];
    const longEnough = resolution === 'daily' ? count >= leastFrozenDays : lastsMs >= leastFrozenMs;
    if (longEnough && count >= least) {
      const [from, to] = [zone.localDay(startMs[index]), zone.localDay(endMs[last] - 1)];
      found.push({
        code: 'frozen',
        from,
        to,
        message: message(
          `${numberFr(count)} relevés de suite à la même valeur ${numberFr(value)} kWh (${spanFr(from, to)}) : le compteur ou la passerelle répète.`,
          `${numberEn(count)} readings in a row with the same value ${numberEn(value)} kWh (${spanEn(from, to)}): the meter or the gateway repeats itself.`,
        ),
        action: message(
          'Vérifiez la liaison du compteur ; ces relevés ne devraient pas servir aux modèles.',
          'Check the link to the meter; these readings should not be used by models.',
        ),
      });
    }
    index = last;
  }
  return found;
};
