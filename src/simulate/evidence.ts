import type { Message } from '#core/message.ts';
import type { Quantity } from '#core/quantity.ts';
import type { ScenarioInput } from './types.ts';

const percent = (share: number): string => (100 * share).toFixed(0);

/** The realisation rate of a scenario with its interval and how many finished works of this stock stand behind it. */
export const evidenceOf = (
  { measures, realisation = [] }: ScenarioInput,
  { value, low, high }: Quantity,
): Message => {
  const cases = measures.map(({ id }) => realisation.find((rate) => rate.measure === id)?.cases ?? 0);
  const [fewest, most] = [Math.min(...cases), Math.max(...cases)];
  const rate = `${percent(value)} % [${percent(low)}–${percent(high)}]`;
  if (most === 0)
    return {
      fr: `Aucun chantier fini de ce genre dans ce parc (0 cas) : on compte ${rate} de la prédiction, par jugement sur la littérature.`,
      en: `No finished works of this kind in this stock (0 cases): ${rate} of the prediction is counted, a judgement on the literature.`,
    };
  const many =
    fewest === most
      ? { fr: `${most} cas`, en: most === 1 ? '1 case' : `${most} cases` }
      : {
          fr: `${fewest} à ${most} cas selon le geste`,
          en: `${fewest} to ${most} cases by measure`,
        };
  return {
    fr: `Ce genre de travaux a livré ici ${rate} de sa prédiction (${many.fr}).`,
    en: `This kind of works delivered ${rate} of its prediction here (${many.en}).`,
  };
};
