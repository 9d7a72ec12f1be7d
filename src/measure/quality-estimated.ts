import { formatDay } from '#core/calendar.ts';
import { message } from '#core/message.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Finding } from './quality-types.ts';
import { countFr, precisionFr } from '../core/wording.ts';

const action = message(
  'Prenez ensemble les périodes estimées et le relevé réel qui les suit : lui seul dit la somme.',
  'Take the estimated periods together with the real read that follows them: it alone tells the sum.',
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
        `${countFr(count, 'relevé estimé', 'relevés estimés')} du ${formatDay(from)} au ${formatDay(to)} (${precisionFr(total, 4)} kWh).`,
        `${count} estimated readings from ${formatDay(from)} to ${formatDay(to)} (${total.toPrecision(4)} kWh).`,
      ),
      action,
    });
    index = last;
  }
  return found;
};
