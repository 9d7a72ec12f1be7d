import { message } from '#core/message.ts';
import type { DailySeries } from '#core/series.ts';
import type { Twin } from '#core/twin.ts';
import type { Finding } from './quality-types.ts';
import {
  countEn,
  countFr,
  dayEn,
  dayFr,
  decimalEn,
  decimalFr,
  precisionEn,
  precisionFr,
} from '../core/wording.ts';

/** The most a building can take in a day: `lossKwhK` for each degree below `insideC`, and `otherKwh` whatever the weather. */
export type PossibleUse = {
  readonly lossKwhK: number;
  readonly insideC: number;
  readonly otherKwh: number;
};

/** Hotter than any heated building is kept. */
const hottestInsideC = 26;
/** Half the lower end of the twin's efficiency is taken, but not below that of the oldest boiler with its pipes. */
const worstEfficiency = 0.45;
/** Hot water, machines and light of the busiest building, W/m2 over the day (a commercial kitchen, a hospital floor). */
const mostOtherWM2 = 80;
/** Taken where no outdoor temperature is known: a hard winter day of mainland France. */
const coldestC = -15;

/**
 * What the building of a twin can take at most in a day: its heat loss at the upper end of its interval, an indoor
 * temperature of 26 °C, half its efficiency, and 80 W/m2 for all else. Wide on purpose: a reading
 * beyond it is no use of this building.
 */
export const possibleUse = (twin: Twin): PossibleUse => {
  const efficiency = Math.min(
    twin.system.efficiency.low,
    Math.max(worstEfficiency, twin.system.efficiency.low / 2),
  );
  return {
    lossKwhK: (24 * twin.heatLoss.high) / (1000 * efficiency),
    insideC: Math.max(hottestInsideC, twin.setPointC.high),
    otherKwh: Math.max((24 * mostOtherWM2 * twin.floorAreaM2.high) / 1000, twin.baseLoadKwhDay.high),
  };
};

/** Runs of days above what the building can take. */
export const findImpossible = (daily: DailySeries, possible: PossibleUse): Finding[] => {
  const { energyKwh, outdoorC, firstDay } = daily;
  const most = (slot: number): number => {
    const outside = outdoorC[slot];
    const degrees = Math.max(0, possible.insideC - (Number.isNaN(outside) ? coldestC : outside));
    return possible.lossKwhK * degrees + possible.otherKwh;
  };
  const found: Finding[] = [];
  for (let slot = 0; slot < energyKwh.length; slot++) {
    if (!(energyKwh[slot] > most(slot))) continue;
    let [last, worst] = [slot, slot];
    while (last + 1 < energyKwh.length && energyKwh[last + 1] > most(last + 1)) {
      last++;
      if (energyKwh[last] / most(last) > energyKwh[worst] / most(worst)) worst = last;
    }
    const [from, to] = [firstDay + slot, firstDay + last];
    const ratio = energyKwh[worst] / most(worst);
    const worstDay = firstDay + worst;
    found.push({
      code: 'impossible',
      from,
      to,
      ratio,
      message: message(
        `${countFr(last - slot + 1, 'jour', 'jours')} au-dessus de ce que ce bâtiment peut prendre : le ${dayFr(worstDay)}, ${precisionFr(energyKwh[worst], 4)} kWh pour un plus grand possible de ${precisionFr(most(worst), 3)} kWh (${decimalFr(ratio, 1)} fois).`,
        `${countEn(last - slot + 1, 'day', 'days')} above what this building can take: on ${dayEn(worstDay)}, ${precisionEn(energyKwh[worst], 4)} kWh where at most ${precisionEn(most(worst), 3)} kWh are possible (${decimalEn(ratio, 1)} times).`,
      ),
      action: message(
        'Vérifiez l’unité, le coefficient et ce que dessert le compteur ; sinon la surface ou l’enveloppe du jumeau.',
        'Check the unit, the factor and what the meter serves; if they are right, the area or envelope of the twin.',
      ),
    });
    slot = last;
  }
  return found;
};
