import { message } from '#core/message.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Finding } from './quality-types.ts';
import { countEn, countFr, dayEn, dayFr, precisionFr } from '../core/wording.ts';

const action = message(
  'Rien à trancher : le fournisseur les a estimés. Lisez-les avec le relevé réel qui les suit : lui seul dit la somme.',
  'Nothing to decide: the supplier estimated them. Read them together with the real read that follows: it alone tells the sum.',
);

/** Runs of readings the source says were estimated. The real read after them corrects their sum. */
export const findEstimated = ({ startMs, endMs, flags, energyKwh }: Readings, zone: Zone): Finding[] => {
  if (flags === undefined) return [];
  const isEstimated = (index: number): boolean => ((flags[index] ?? 0) & readingFlag.estimated) !== 0;
  const found: Finding[] = [];
  for (let index = 0; index < startMs.length; index++) {
    if (!isEstimated(index)) continue;
    let last = index;
    while (last + 1 < startMs.length && isEstimated(last + 1)) last++;
    const [from, to] = [zone.localDay(startMs[index]), zone.localDay(endMs[last] - 1)];
    const total = energyKwh
      .subarray(index, last + 1)
      .reduce((sum, kwh) => sum + (Number.isNaN(kwh) ? 0 : kwh), 0);
    const count = last - index + 1;
    found.push({
      code: 'estimated',
      from,
      to,
      message: message(
        `${countFr(count, 'relevé estimé', 'relevés estimés')} du ${dayFr(from)} au ${dayFr(to)} (${precisionFr(total, 4)} kWh).`,
        `${countEn(count, 'estimated reading', 'estimated readings')} from ${dayEn(from)} to ${dayEn(to)} (${total.toPrecision(4)} kWh).`,
      ),
      action,
    });
    index = last;
  }
  return found;
};
