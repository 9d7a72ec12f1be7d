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
  const elsewhere = Math.max(
    ...measures.map(({ id }) => {
      const found = realisation.find((one) => one.measure === id);
      return found?.stockCases ?? found?.cases ?? 0;
    }),
  );
  if (most === 0 && elsewhere > 0)
    return {
      fr: `Aucun chantier fini de ce genre sur des bâtiments semblables ; sur d’autres bâtiments de ce parc, ${elsewhere} cas au plus par geste : on compte ${rate} de la prédiction, jugement sur la littérature rapproché de ces cas.`,
      en: `No finished works of this kind on similar buildings; on other buildings of this stock, at most ${elsewhere === 1 ? '1 case' : `${elsewhere} cases`} a measure: ${rate} of the prediction is counted, a judgement on the literature drawn towards these cases.`,
    };
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
