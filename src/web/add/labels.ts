import type { Preflight } from '../../api/contract.ts';
import { provenanceText, type Text, useTextOf } from '../i18n.ts';

const kindText: Readonly<Record<string, Text>> = {
  wall: { fr: 'murs', en: 'walls' },
  roof: { fr: 'toiture', en: 'roof' },
  floor: { fr: 'plancher bas', en: 'lowest floor' },
  window: { fr: 'fenêtres', en: 'windows' },
  'curtain-wall': { fr: 'façades-rideaux', en: 'curtain walls' },
  door: { fr: 'portes', en: 'doors' },
};

const plain: Readonly<Record<string, Text>> = {
  period: { fr: 'Période de construction', en: 'Construction period' },
  airChangePerH: { fr: 'Renouvellement d’air, vol/h', en: 'Air change, volumes an hour' },
  insulationPosition: { fr: 'Isolation des murs', en: 'Wall insulation' },
  northTurnDeg: { fr: 'Plan tourné du nord, degrés', en: 'Plan turned from north, degrees' },
  'building.use': { fr: 'Usage', en: 'Use' },
  'building.heating': { fr: 'Chauffage', en: 'Heating' },
  'building.name': { fr: 'Nom', en: 'Name' },
  'building.constructionYear': { fr: 'Année de construction', en: 'Year of construction' },
  'building.carrier': { fr: 'Énergie de chauffage', en: 'Heating energy' },
  'building.dwellings': { fr: 'Logements', en: 'Dwellings' },
  'building.department': { fr: 'Département', en: 'Department' },
  'building.inertia': { fr: 'Inertie', en: 'Thermal mass' },
};

/** What an answer is about, from the path it is kept under; a room by its name. */
export const answerLabel = (path: readonly string[], spaces: Preflight['spaces'] = []): Text => {
  const known = plain[path.join('.')];
  if (known !== undefined) return known;
  if (path[0] === 'spaces') {
    const name = spaces.find(({ id }) => id === path[1])?.name ?? path[1] ?? '';
    return { fr: `Local « ${name} »`, en: `Space “${name}”` };
  }
  const [kind = '', how = ''] = (path[1] ?? '').split('/');
  const group = kindText[kind];
  if (group === undefined) return { fr: path.join(' · '), en: path.join(' · ') };
  const before = provenanceText[how];
  return {
    fr: `U, ${group.fr}${before === undefined ? '' : ` (avant : ${before.fr})`}`,
    en: `U, ${group.en}${before === undefined ? '' : ` (before: ${before.en})`}`,
  };
};

const choices: Readonly<Record<string, Text>> = {
  none: { fr: 'pas isolés', en: 'not insulated' },
  inner: { fr: 'par l’intérieur', en: 'inside' },
  outer: { fr: 'par l’extérieur', en: 'outside' },
  distributed: { fr: 'répartie', en: 'within the wall' },
  heated: { fr: 'chauffé', en: 'heated' },
  unheated: { fr: 'non chauffé', en: 'unheated' },
  ignored: { fr: 'ignoré', en: 'left out' },
  light: { fr: 'légère', en: 'light' },
  medium: { fr: 'moyenne', en: 'medium' },
  heavy: { fr: 'lourde', en: 'heavy' },
  'very-heavy': { fr: 'très lourde', en: 'very heavy' },
  gas: { fr: 'gaz', en: 'gas' },
  electricity: { fr: 'électricité', en: 'electricity' },
  oil: { fr: 'fioul', en: 'oil' },
  wood: { fr: 'bois', en: 'wood' },
};

export const heatingText: Readonly<Record<string, Text>> = {
  'boiler-old': { fr: 'chaudière ancienne ou standard', en: 'old or standard boiler' },
  'boiler-condensing': { fr: 'chaudière à condensation', en: 'condensing boiler' },
  'electric-direct': { fr: 'électrique direct', en: 'direct electric' },
  'heat-pump-air': { fr: 'pompe à chaleur sur l’air', en: 'air heat pump' },
  'heat-pump-ground': { fr: 'pompe à chaleur géothermique', en: 'ground heat pump' },
  'district-heat': { fr: 'réseau de chaleur', en: 'district heating' },
  'wood-boiler': { fr: 'bois', en: 'wood' },
};

export const valueText = (value: string | number): Text =>
  typeof value === 'number'
    ? { fr: String(value).replace('.', ','), en: String(value) }
    : (choices[value] ?? heatingText[value] ?? useTextOf[value] ?? { fr: value, en: value });
