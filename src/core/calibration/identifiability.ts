import { type Message, message } from '../message.ts';
import { type LossGroup, lossGroups } from '../twin.ts';
import { bordeaux } from '../physics/bordeaux.ts';
import { monthlyNeed } from '../physics/monthly-balance.ts';
import { type MeasurementValue, measurementValues } from './measurement-value.ts';
import type { LogNormal, Posterior, Prior } from './types.ts';
import { decimalFr, groupedEn, groupedFr } from '../wording.ts';

type Columns = Pick<
  Posterior,
  'h' | 'totalH' | 'setPointC' | 'gainsW' | 'solarApertureM2' | 'efficiency' | 'heatedShare' | 'capacityJK'
>;

const logSd = (count: number, at: (index: number) => number): number => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    const value = Math.log(at(i));
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
};

const sdOf = (draws: Float64Array): number => {
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  return Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
};

/** Half-width of a 90 % interval in percent, from a standard deviation of logarithms. */
const percent = (sigma: number): string => (100 * Math.expm1(1.645 * sigma)).toFixed(0);

const namesFr: Record<LossGroup, string> = {
  walls: 'les murs',
  roof: 'la toiture',
  floor: 'le plancher bas',
  windows: 'les fenêtres',
  doors: 'les portes',
  bridges: 'les ponts thermiques',
  air: 'le renouvellement d’air',
};
const namesEn: Record<LossGroup, string> = {
  walls: 'the walls',
  roof: 'the roof',
  floor: 'the lower floor',
  windows: 'the windows',
  doors: 'the doors',
  bridges: 'the thermal bridges',
  air: 'the air change',
};

/** Spread below which a single value counts as known, as a standard deviation of logarithms. */
const KNOWN = 0.08;

const widest = (columns: Columns, total: number): { group: LossGroup; share: number } => {
  const spreads = lossGroups.map((group) => ({ group, share: sdOf(columns.h[group]) / total }));
  return spreads.reduce((best, one) => (one.share > best.share ? one : best));
};

/**
 * Says in words which products the meter pins down, which single values it leaves open and which measurements would
 * narrow the heat need, with the kWh each takes off its 90 % interval.
 */
export const identifiability = (prior: Prior, columns: Columns, usesMeter: boolean): Message[] => {
  const count = columns.totalH.length;
  const { totalH, heatedShare, efficiency } = columns;
  const product = logSd(count, (i) => (totalH[i] * heatedShare[i]) / efficiency[i]);
  const loss = logSd(count, (i) => totalH[i]);
  const messages: Message[] = [];
  if (usesMeter)
    messages.push(
      message(
        `Le compteur connaît le produit déperditions × part chauffée / rendement à ± ${percent(product)} % ; les déperditions seules restent à ± ${percent(loss)} %.`,
        `The meter knows the product heat loss × heated share / efficiency within ± ${percent(product)} %; the heat loss alone stays at ± ${percent(loss)} %.`,
      ),
    );
  else
    messages.push(
      message(
        `Sans compteur, les déperditions sont connues à ± ${percent(loss)} % par l’enveloppe seule ; une année de relevés de chauffage fixerait leur rapport au rendement.`,
        `Without a meter the heat loss is known within ± ${percent(loss)} % from the envelope alone; a year of heating readings would fix its ratio to the efficiency.`,
      ),
    );
  const open = (median: LogNormal, draws: Float64Array, messageOf: (spread: string) => Message): void => {
    const spread = logSd(count, (i) => draws[i]);
    if (median.sigma > KNOWN && spread > KNOWN) messages.push(messageOf(percent(spread)));
  };
  open(prior.efficiency, efficiency, (spread) =>
    message(
      `Le rendement du chauffage reste à ± ${spread} % : un compteur de chaleur en sortie de chaufferie le séparerait des déperditions.`,
      `The heating efficiency stays at ± ${spread} %: a heat meter after the plant would separate it from the heat loss.`,
    ),
  );
  open(prior.heatedShare, heatedShare, (spread) =>
    message(
      `La part vraiment chauffée reste à ± ${spread} % : des relevés de température par zone la donneraient.`,
      `The share really heated stays at ± ${spread} %: temperature loggers by zone would give it.`,
    ),
  );
  const setPointSd = sdOf(columns.setPointC);
  if (setPointSd > 0.5)
    messages.push(
      message(
        `La consigne n’est vue qu’avec les apports : elle reste à ± ${decimalFr(1.645 * setPointSd, 1)} K ; une sonde d’ambiance la fixerait.`,
        `The set point is seen only together with the gains: it stays at ± ${(1.645 * setPointSd).toFixed(1)} K; an indoor temperature sensor would fix it.`,
      ),
    );
  const total = totalH.reduce((sum, value) => sum + value, 0) / count;
  const { group, share } = widest(columns, total);
  if (total > 0 && share > 0.02)
    messages.push(
      message(
        `Le compteur ne sépare pas ${namesFr[group]} du reste : cette ignorance pèse ± ${(164.5 * share).toFixed(0)} % des déperditions.`,
        `The meter does not separate ${namesEn[group]} from the rest: this ignorance weighs ± ${(164.5 * share).toFixed(0)} % of the heat loss.`,
      ),
    );
  messages.push(...worthNaming(columns));
  return messages;
};

/** Draws looked at: enough for two figures of a width. */
const MOST_DRAWS = 600;
/** Measurements named, and the least share of the interval one must take off to be named. */
const MOST_NAMED = 3;
const LEAST_GAIN = 0.03;

const twoFigures = (value: number, language: 'fr' | 'en'): string => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  const rounded = Math.round(value / step) * step;
  return language === 'fr' ? groupedFr(rounded) : groupedEn(rounded);
};

/** The measurements that would narrow a typical year's heat need, kWh, by what each takes off its 90 % interval; the best first. */
export const worthMeasuring = (columns: Columns): MeasurementValue[] => {
  const first = (values: Float64Array): Float64Array => values.subarray(0, MOST_DRAWS);
  const needKwh = monthlyNeed(
    {
      lossWK: first(columns.totalH),
      setPointC: first(columns.setPointC),
      gainsW: first(columns.gainsW),
      solarApertureM2: first(columns.solarApertureM2),
      capacityJK: first(columns.capacityJK),
    },
    bordeaux,
  );
  const h = Object.fromEntries(lossGroups.map((group) => [group, first(columns.h[group])])) as Columns['h'];
  const values = measurementValues(
    {
      h,
      efficiency: first(columns.efficiency),
      heatedShare: first(columns.heatedShare),
      setPointC: first(columns.setPointC),
    },
    needKwh,
  );
  return values.filter(({ gain, widthNow }) => gain > LEAST_GAIN * widthNow);
};

/** One measurement and what it is worth, in a sentence; kWh of width of a 90 % interval. */
export const measurementTold = (name: Message, gainKwh: number, widthKwh: number): Message =>
  // The name brings its article, and the verb its number: « des relevés … retireraient ».
  message(
    `${name.fr.charAt(0).toUpperCase()}${name.fr.slice(1)} ${name.fr.startsWith('des ') ? 'retireraient' : 'retirerait'} ${twoFigures(gainKwh, 'fr')} des ${twoFigures(widthKwh, 'fr')} kWh de largeur de l’intervalle du besoin de chauffage annuel.`,
    `${name.en.charAt(0).toUpperCase()}${name.en.slice(1)} would take ${twoFigures(gainKwh, 'en')} off the ${twoFigures(widthKwh, 'en')} kWh width of the interval of the yearly heat need.`,
  );

const worthNaming = (columns: Columns): Message[] => {
  const worth = worthMeasuring(columns).slice(0, MOST_NAMED);
  if (worth.length === 0) return [];
  const width = worth[0].widthNow;
  const list = (language: 'fr' | 'en'): string =>
    worth.map(({ name, gain }) => `${name[language]} (−${twoFigures(gain, language)} kWh)`).join(', ');
  return [
    message(
      `L’intervalle du besoin de chauffage d’une année type est large de ${twoFigures(width, 'fr')} kWh ; ce qui le resserrerait : ${list('fr')}.`,
      `The interval of a typical year’s heat need is ${twoFigures(width, 'en')} kWh wide; what would narrow it: ${list('en')}.`,
    ),
  ];
};
