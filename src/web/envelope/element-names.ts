import type { ThermalElement } from '../../client/names.ts';
import type { Text } from '../i18n.ts';

const kindText: Readonly<Record<ThermalElement['kind'], Text>> = {
  wall: { fr: 'Mur', en: 'Wall' },
  roof: { fr: 'Toiture', en: 'Roof' },
  floor: { fr: 'Plancher', en: 'Floor' },
  window: { fr: 'Fenêtre', en: 'Window' },
  door: { fr: 'Porte', en: 'Door' },
  'curtain-wall': { fr: 'Mur-rideau', en: 'Curtain wall' },
};

const points: readonly Text[] = [
  { fr: 'nord', en: 'north' },
  { fr: 'nord-est', en: 'north-east' },
  { fr: 'est', en: 'east' },
  { fr: 'sud-est', en: 'south-east' },
  { fr: 'sud', en: 'south' },
  { fr: 'sud-ouest', en: 'south-west' },
  { fr: 'ouest', en: 'west' },
  { fr: 'nord-ouest', en: 'north-west' },
];

/** What an element is and where it looks: `Mur sud-est`. */
export const placeText = ({ kind, azimuthDeg, tiltDeg }: ThermalElement): Text => {
  const what = kindText[kind];
  const point = points[Math.round(azimuthDeg / 45) % 8];
  if (tiltDeg < 5 || tiltDeg > 175 || point === undefined) return what;
  return { fr: `${what.fr} ${point.fr}`, en: `${what.en}, ${point.en}` };
};
