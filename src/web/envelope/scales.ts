import type { ThermalElement } from '../../client/names.ts';
import { exposureText, provenanceText, type Text } from '../i18n.ts';
import type { Paint } from './renderer.ts';

/** One class of a scale: how it is painted, and the letter and words that say the same. */
export type Class = { readonly letter: string; readonly label: Text; readonly paint: Paint };

export type Scale = {
  readonly id: ScaleId;
  readonly name: Text;
  readonly classes: readonly Class[];
  /** Index of the class of an element; `meanWK` is the loss of a mean one, W/K. */
  readonly of: (element: ThermalElement, meanWK: number) => number;
};

export type ScaleId = 'u' | 'loss' | 'exposure' | 'provenance' | 'doubt';

/** From pale to dark by even steps of lightness, apart for eyes that see no red or no green. */
const steps: readonly Paint['rgb'][] = [
  [253, 240, 197],
  [246, 200, 120],
  [231, 148, 80],
  [190, 86, 74],
  [124, 42, 84],
];

const kinds: readonly Paint['rgb'][] = [
  [126, 190, 232],
  [186, 142, 96],
  [214, 150, 190],
  [200, 200, 196],
  [240, 214, 110],
  [110, 190, 150],
];

const letterOf = (index: number): string => String.fromCharCode(65 + index);

const stepped = (labels: readonly Text[]): readonly Class[] =>
  labels.map((label, i) => ({
    letter: letterOf(i),
    label,
    paint: { rgb: steps[i] ?? steps[0] ?? [0, 0, 0], pattern: i },
  }));

const sorted = (labels: readonly Text[]): readonly Class[] =>
  labels.map((label, i) => ({
    letter: letterOf(i),
    label,
    paint: { rgb: kinds[i] ?? kinds[0] ?? [0, 0, 0], pattern: i },
  }));

const classOf = (value: number, limits: readonly number[]): number => {
  const at = limits.findIndex((limit) => value <= limit);
  return at < 0 ? limits.length : at;
};

/** The labels of classes between limits, in one unit. */
const between = (limits: readonly number[], units: Text): Text[] => {
  const say = (fr: boolean): string[] => {
    const unit = fr ? units.fr : units.en;
    const number = (value: number): string => (fr ? String(value).replace('.', ',') : String(value));
    return [
      fr ? `jusqu’à ${number(limits[0] ?? 0)} ${unit}` : `up to ${number(limits[0] ?? 0)} ${unit}`,
      ...limits.slice(1).map((limit, i) => `${number(limits[i] ?? 0)} – ${number(limit)} ${unit}`),
      fr ? `plus de ${number(limits.at(-1) ?? 0)} ${unit}` : `over ${number(limits.at(-1) ?? 0)} ${unit}`,
    ];
  };
  const [fr, en] = [say(true), say(false)];
  return fr.map((text, i) => ({ fr: text, en: en[i] ?? text }));
};

const U_LIMITS = [0.3, 0.6, 1.2, 2.2];
const LOSS_TIMES = [0.25, 1, 2, 5];
const DOUBT_PERCENT = [15, 25, 40, 60];
const exposures = ['exterior', 'ground', 'unheated', 'adiabatic'] as const;
const provenances = ['declared', 'typed', 'computed', 'library', 'period-default', 'learnt'] as const;

export const scales: readonly Scale[] = [
  {
    id: 'u',
    name: { fr: 'U, ce qui passe par m²', en: 'U, what passes per m²' },
    classes: stepped(between(U_LIMITS, { fr: 'W/(m²·K)', en: 'W/(m²·K)' })),
    of: ({ u }) => classOf(u.value, U_LIMITS),
  },
  {
    id: 'loss',
    name: { fr: 'Déperditions', en: 'Heat loss' },
    classes: stepped(between(LOSS_TIMES, { fr: '× la moyenne', en: '× the mean' })),
    of: ({ lossWK }, meanWK) => classOf(meanWK > 0 ? lossWK / meanWK : 0, LOSS_TIMES),
  },
  {
    id: 'exposure',
    name: { fr: 'Ce qu’il y a derrière', en: 'What lies behind' },
    classes: sorted(exposures.map((one) => exposureText[one] ?? { fr: one, en: one })),
    of: ({ exposure }) => exposures.indexOf(exposure),
  },
  {
    id: 'provenance',
    name: { fr: 'D’où vient U', en: 'Where U comes from' },
    classes: sorted(provenances.map((one) => provenanceText[one] ?? { fr: one, en: one })),
    of: ({ u }) => Math.max(0, provenances.indexOf(u.provenance)),
  },
  {
    id: 'doubt',
    name: { fr: 'Doute sur U', en: 'Doubt about U' },
    classes: stepped(between(DOUBT_PERCENT, { fr: '% (±)', en: '% (±)' })),
    of: ({ u }) => classOf(u.value > 0 ? (50 * (u.high - u.low)) / u.value : 100, DOUBT_PERCENT),
  },
];
