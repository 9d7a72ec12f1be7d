import type { ScenarioInput } from '#simulate/index.ts';
import { type Message, message } from '../core/message.ts';
import { precisionEn, precisionFr } from '../core/wording.ts';
import { monthTold } from './day-told.ts';

/** Currency, price dates and tax of a comparison's euros, in a sentence. */
export const moneyTold = ({
  economics: { costIndex, vat, horizonYears },
  prices: { date },
  twin,
}: Pick<ScenarioInput, 'economics' | 'prices' | 'twin'>): Message => {
  const percent = 100 * (twin.use === 'housing' ? vat.housing : vat.other);
  return message(
    `Euros constants de ${costIndex.to} (indice ${costIndex.name}) ; énergie aux prix de ${monthTold(date, 'fr')} ; coût des travaux hors taxes, TVA de ${precisionFr(percent, 3)} % dans l’investissement, la valeur nette et le coût global (${horizonYears} ans).`,
    `Constant euros of ${costIndex.to} (index ${costIndex.name}); energy at the prices of ${monthTold(date, 'en')}; cost of the works before tax, VAT of ${precisionEn(percent, 3)} % in the investment, the net value and the global cost (${horizonYears} years).`,
  );
};
