import { formatPercent } from '../format.ts';
import type { Text } from '../i18n.ts';

export const carrierText: Readonly<Record<string, Text>> = {
  gas: { fr: 'gaz', en: 'Gas' },
  electricity: { fr: 'électricité', en: 'Electricity' },
  'district-heat': { fr: 'chaleur de réseau', en: 'District heat' },
  oil: { fr: 'fioul', en: 'Oil' },
  wood: { fr: 'bois', en: 'Wood' },
  solar: { fr: 'production solaire', en: 'Solar production' },
};

/** Whose meter it is, after « Compteur ». */
export const ofCarrierText = (carrier: string): Text => {
  const name = carrierText[carrier] ?? { fr: carrier, en: carrier };
  return { fr: `${/^[aeéiou]/i.test(name.fr) ? 'd’' : 'de '}${name.fr}`, en: name.en };
};

/** What a mark of doubt says, in the fewest words. */
export const markText: Readonly<Record<string, Text>> = {
  'unit-break': { fr: 'changement d’unité', en: 'change of unit' },
  'zero-as-missing': { fr: 'zéro qui cache un manque', en: 'zero that hides a gap' },
  gap: { fr: 'trou', en: 'gap' },
  spike: { fr: 'valeur extrême', en: 'extreme value' },
  frozen: { fr: 'valeur répétée', en: 'repeated value' },
  reset: { fr: 'compteur remis à zéro', en: 'meter reset' },
  'clock-shift': { fr: 'horloge décalée', en: 'clock shifted' },
  duplicate: { fr: 'doublon', en: 'duplicate' },
  estimated: { fr: 'estimé par le fournisseur', en: 'estimated by the supplier' },
  impossible: { fr: 'impossible pour ce bâtiment', en: 'impossible for this building' },
};

export const resolutionText: Readonly<Record<string, Text>> = {
  'sub-hourly': { fr: 'plusieurs par heure', en: 'several an hour' },
  hourly: { fr: 'horaires', en: 'hourly' },
  daily: { fr: 'journaliers', en: 'daily' },
  monthly: { fr: 'mensuels', en: 'monthly' },
  irregular: { fr: 'irréguliers', en: 'irregular' },
};

/** Never rounded up to a whole: 99.8 % known is not all. */
export const coverageText = (share: number): Text => {
  const down = Math.floor(share * 1000) / 1000;
  const write = (language: 'fr' | 'en'): string =>
    formatPercent(down, language, down === 1 || down < 0.9 ? 0 : 1);
  return { fr: write('fr'), en: write('en') };
};
