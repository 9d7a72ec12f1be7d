import type { Meter, Store } from '#store/index.ts';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import { type DaysRead, meterSeries } from './daily-series.ts';
import { fewestDwellings, leastReporting } from './privacy.ts';
import { countFr } from '../core/wording.ts';

/** Dwellings shown as one: what is said of them is said of all together. */
export type DwellingGroup = {
  readonly id: string;
  readonly carrier: Meter['carrier'];
  readonly dwellings: number;
};

/** The largest group with one carrier, use and time zone. */
const largestAlike = (meters: readonly Meter[]): Meter[] => {
  const groups = Map.groupBy(meters, ({ carrier, use, timezone }) => `${carrier} ${use} ${timezone}`);
  return [...groups.values()].toSorted((left, right) => right.length - left.length)[0] ?? [];
};

/** Sum over the dwellings of each day, the silent ones taken at the mean of the others; NaN where too few report. */
const sumOf = (
  members: readonly DailySeries[],
): { series: DailySeries; hidden: number; completed: number } => {
  const firstDay = Math.min(...members.map((one) => one.firstDay));
  const lastDay = Math.max(...members.map((one) => one.firstDay + one.energyKwh.length - 1));
  const days = lastDay - firstDay + 1;
  const sum = new Float64Array(days);
  const reporting = new Int32Array(days);
  const outdoorC = new Float64Array(days).fill(Number.NaN);
  const ghiWm2 = new Float64Array(days).fill(Number.NaN);
  for (const one of members)
    one.energyKwh.forEach((value, i) => {
      const day = one.firstDay - firstDay + i;
      outdoorC[day] = one.outdoorC[i];
      ghiWm2[day] = one.ghiWm2?.[i] ?? Number.NaN;
      if (Number.isNaN(value)) return;
      sum[day] += value;
      reporting[day]++;
    });
  const least = Math.max(fewestDwellings, Math.ceil(leastReporting * members.length));
  let [hidden, completed] = [0, 0];
  const energyKwh = sum.map((total, day) => {
    const present = reporting[day];
    if (present === members.length) return total;
    if (present < least) {
      if (present > 0) hidden++;
      return Number.NaN;
    }
    completed++;
    return (total * members.length) / present;
  });
  const { timezone, closures } = members[0];
  const series = {
    timezone,
    firstDay,
    energyKwh,
    outdoorC,
    ghiWm2,
    ...(closures === undefined ? {} : { closures }),
  };
  return { series, hidden, completed };
};

/**
 * The readings of a building's dwellings as one series; undefined where there is no dwelling meter. A day is shown
 * when enough of them report (models/privacy.json), so that nobody is told by the others. Fails with
 * `group-too-small`.
 */
export const groupSeries = async (
  store: Store,
  buildingId: string,
  dwellings: readonly Meter[],
): Promise<Result<DaysRead & { readonly group: DwellingGroup }> | undefined> => {
  if (dwellings.length === 0) return undefined;
  const alike = largestAlike(dwellings);
  const read: DailySeries[] = [];
  if (alike.length >= fewestDwellings)
    for (const meter of alike) {
      const one = await meterSeries(store, meter);
      // Bills say nothing of a day, and days are what the group is made of.
      if (one?.ok === true && one.value.series.energyKwh.some((kwh) => Number.isFinite(kwh)))
        read.push(one.value.series);
    }
  if (read.length < fewestDwellings)
    return failure(
      'group-too-small',
      `Les relevés de logements de ce bâtiment ne sont montrés qu’à partir de ${fewestDwellings} ensemble (${read.length === 0 ? alike.length : read.length} ici) : en dessous, on y lirait la vie de chacun.`,
      `The readings of the dwellings of this building are shown from ${fewestDwellings} together (${read.length === 0 ? alike.length : read.length} here): below that they would tell of each household.`,
    );
  const { series, hidden, completed } = sumOf(read);
  const warnings: Warning[] = [
    warning(
      'dwelling-group',
      `Somme de ${read.length} logements ; aucun n’est montré seul.`,
      `Sum of ${read.length} dwellings; none is shown alone.`,
    ),
  ];
  if (completed > 0)
    warnings.push(
      warning(
        'group-completed',
        `${countFr(completed, 'jour où il manque des logements est complété', 'jours où il manque des logements sont complétés')} à la moyenne des autres.`,
        `${completed} days that lack some dwellings are completed with the mean of the others.`,
      ),
    );
  if (hidden > 0)
    warnings.push(
      warning(
        'group-hidden',
        `${countFr(hidden, 'jour où trop peu de logements ont un relevé n’est pas montré', 'jours où trop peu de logements ont un relevé ne sont pas montrés')}.`,
        `${hidden} days on which too few dwellings have a reading are not shown.`,
      ),
    );
  const [{ carrier }] = alike;
  const group = { id: `${buildingId}:dwellings`, carrier, dwellings: read.length };
  return ok({ series, warnings, group });
};
