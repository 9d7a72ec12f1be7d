import type { StockLine } from '../../client/names.ts';
import { formatCount } from '../format.ts';
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

/** What of the figures on the page is not there yet, and what is but may have moved; null where all are. */
export const waitingText = ({
  waiting,
  uncomputed,
}: {
  readonly waiting: number;
  readonly uncomputed: number;
}): Text | null => {
  const count = uncomputed > 0 ? uncomputed : waiting;
  if (count === 0) return null;
  const [fr, en] = [formatCount(count, 'fr'), formatCount(count, 'en')];
  if (uncomputed > 0)
    return {
      fr: `${fr} ${count > 1 ? 'bâtiments sont encore à calculer' : 'bâtiment est encore à calculer'} : la page se complète d’elle-même.`,
      en: `${en} ${count === 1 ? 'building is' : 'buildings are'} still to be computed: the page fills in by itself.`,
    };
  return {
    fr: `Les chiffres de ${fr} ${count > 1 ? 'bâtiments' : 'bâtiment'} sont recalculés : ceux de la page sont les derniers connus, elle se met à jour d’elle-même.`,
    en: `The figures of ${en} ${count === 1 ? 'building' : 'buildings'} are being computed again: those on the page are the last known, it updates by itself.`,
  };
};
