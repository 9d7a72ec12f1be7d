import { type Message, message } from '../message.ts';
import { type LossGroup, lossGroups } from '../twin.ts';
import type { LogNormal, Prior } from './types.ts';

type Columns = {
  readonly h: Readonly<Record<LossGroup, Float64Array>>;
  readonly totalH: Float64Array;
  readonly setPointC: Float64Array;
  readonly efficiency: Float64Array;
  readonly heatedShare: Float64Array;
};

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

/** What would settle the widest loss group. */
const measurementOf: Record<LossGroup, Message> = {
  walls: message('un relevé de la composition du mur', 'a survey of the wall’s layers'),
  roof: message('un relevé de l’isolant en toiture', 'a survey of the roof’s insulation'),
  floor: message('un relevé du plancher bas', 'a survey of the lower floor'),
  windows: message('un relevé des vitrages', 'a survey of the glazing'),
  doors: message('un relevé des portes', 'a survey of the doors'),
  bridges: message('une thermographie', 'a thermographic survey'),
  air: message('un test d’infiltrométrie', 'a blower-door test'),
};

/** Spread below which a single value counts as known, as a standard deviation of logarithms. */
const KNOWN = 0.08;

const widest = (columns: Columns, total: number): { group: LossGroup; share: number } => {
  const spreads = lossGroups.map((group) => ({ group, share: sdOf(columns.h[group]) / total }));
  return spreads.reduce((best, one) => (one.share > best.share ? one : best));
};

/**
 * Says in words which products the meter pins down and which single values it leaves open. The value of a missing
 * measurement is the share of the heat loss its ignorance moves, plus or minus, at 90 %.
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
        `La consigne n’est vue qu’avec les apports : elle reste à ± ${(1.645 * setPointSd).toFixed(1)} K ; une sonde d’ambiance la fixerait.`,
        `The set point is seen only together with the gains: it stays at ± ${(1.645 * setPointSd).toFixed(1)} K; an indoor temperature sensor would fix it.`,
      ),
    );
  const total = totalH.reduce((sum, value) => sum + value, 0) / count;
  const { group, share } = widest(columns, total);
  if (total > 0 && share > 0.02)
    messages.push(
      message(
        `Le compteur ne sépare pas ${namesFr[group]} du reste : cette ignorance pèse ± ${(164.5 * share).toFixed(0)} % des déperditions ; ${measurementOf[group].fr} la lèverait.`,
        `The meter does not separate ${namesEn[group]} from the rest: this ignorance weighs ± ${(164.5 * share).toFixed(0)} % of the heat loss; ${measurementOf[group].en} would lift it.`,
      ),
    );
  return messages;
};
