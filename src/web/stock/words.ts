import type { StockLine } from '../../client/names.ts';
import type { Text } from '../i18n.ts';

export const urgencyText: Readonly<Record<StockLine['urgency'], Text>> = {
  outside: { fr: 'Hors la loi', en: 'Outside the law' },
  soon: { fr: 'Dans les trois ans', en: 'Within three years' },
  later: { fr: 'Plus tard', en: 'Later' },
  none: { fr: 'Aucune date', en: 'No date' },
  unknown: { fr: 'Non évalué', en: 'Not evaluated' },
};

export const carrierText: Readonly<Record<string, Text>> = {
  gas: { fr: 'Gaz', en: 'Gas' },
  electricity: { fr: 'Électricité', en: 'Electricity' },
  'district-heat': { fr: 'Réseau de chaleur', en: 'District heat' },
  oil: { fr: 'Fioul', en: 'Oil' },
  wood: { fr: 'Bois', en: 'Wood' },
  solar: { fr: 'Solaire', en: 'Solar' },
};

export const labelLetters = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

const stepText: Readonly<Record<string, Text>> = {
  G: { fr: 'étiquette G interdite à la location', en: 'label G may not be let' },
  F: { fr: 'étiquette F interdite à la location', en: 'label F may not be let' },
  E: { fr: 'étiquette E interdite à la location', en: 'label E may not be let' },
};

/** What a date of the law is about. */
export const lawStepText = (law: string, step: string): Text =>
  law === 'rental-ban'
    ? (stepText[step] ?? { fr: `étiquette ${step}`, en: `label ${step}` })
    : { fr: `décret tertiaire, cible ${step}`, en: `tertiary decree, target of ${step}` };
