import type { StockSummary } from '../../client/names.ts';
import { formatDay, formatNumber } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { queryHref, type StockQuery } from './query.ts';
import { lawStepText } from './words.ts';

type Dated = StockSummary['dates'][number];

const titleOf = (dates: readonly Dated[]): Text => {
  const worst = dates.filter(({ buildings }) => buildings > 0)[0];
  if (worst === undefined)
    return {
      fr: 'La loi : aucune date connue ne lie un bâtiment évalué',
      en: 'The law: no known date binds an evaluated building',
    };
  const homes = (language: 'fr' | 'en'): string =>
    worst.dwellings === 0
      ? ''
      : language === 'fr'
        ? `, ${formatNumber(worst.dwellings, 'fr')} logements`
        : `, ${formatNumber(worst.dwellings, 'en')} dwellings`;
  return {
    fr: `La loi : ${formatNumber(worst.buildings, 'fr')} ${worst.buildings > 1 ? 'bâtiments' : 'bâtiment'}${homes('fr')} hors la loi au ${formatDay(worst.from, 'fr')} si rien n’est fait`,
    en: `The law: ${formatNumber(worst.buildings, 'en')} ${worst.buildings > 1 ? 'buildings' : 'building'}${homes('en')} outside the law on ${formatDay(worst.from, 'en')} if nothing is done`,
  };
};

/** The calendar of the law: what each date finds outside it if nothing is done, and the way to those buildings. */
export const LawDates = ({
  summary: { dates, bindsAbove, urgencies },
  query,
}: {
  readonly summary: StockSummary;
  readonly query: StockQuery;
}) => {
  const t = useText();
  const language = useLanguage();
  const unknown = urgencies['unknown'] ?? 0;
  const write = (value: number): string => formatNumber(value, language);
  return (
    <section aria-labelledby="law">
      <h2 id="law">{t(titleOf(dates))}</h2>
      {dates.length > 0 && (
        // A table that is wider than a phone is reached by the keyboard too.
        <div
          class="scroll"
          role="region"
          aria-label={t({ fr: 'Tableau des dates', en: 'Table of the dates' })}
          tabIndex={0}
        >
          <table
            aria-label={t({
              fr: 'Les dates de la loi pour ce parc',
              en: 'The dates of the law for this stock',
            })}
          >
            <thead>
              <tr>
                <th scope="col">{t({ fr: 'À partir du', en: 'From' })}</th>
                <th scope="col">{t({ fr: 'Ce qui s’applique', en: 'What applies' })}</th>
                <th scope="col" class="number">
                  {t({ fr: 'Bâtiments liés', en: 'Buildings bound' })}
                </th>
                <th scope="col" class="number">
                  {t({ fr: 'Logements liés', en: 'Dwellings bound' })}
                </th>
                <th scope="col" class="number">
                  {t({ fr: 'Logements, en moyenne', en: 'Dwellings, on average' })}
                </th>
              </tr>
            </thead>
            <tbody>
              {dates.map((one) => (
                <tr key={`${one.law}${one.step}`}>
                  <th scope="row">{formatDay(one.from, language)}</th>
                  <td>{t(lawStepText(one.law, one.step))}</td>
                  <td class="number">
                    {one.buildings === 0 ? (
                      '0'
                    ) : (
                      <a href={queryHref({ ...query, loi: one.from })}>{write(one.buildings)}</a>
                    )}
                  </td>
                  <td class="number">{write(one.dwellings)}</td>
                  <td class="number">{write(one.expectedDwellings)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="quiet">
        {t({
          fr: `Étiquettes estimées, pas des DPE ; une date lie un bâtiment au-dessus de ${Math.round(100 * bindsAbove)} % de chances d’être hors la loi.`,
          en: `Estimated labels, not DPEs; a date binds a building above a ${Math.round(100 * bindsAbove)} % chance of being outside the law.`,
        })}{' '}
        {unknown > 0 && (
          <a href={queryHref({ ...query, urgence: 'unknown' })}>
            {t({
              fr: `${unknown} ${unknown > 1 ? 'bâtiments non évalués' : 'bâtiment non évalué'}.`,
              en: `${unknown} ${unknown > 1 ? 'buildings' : 'building'} not evaluated.`,
            })}
          </a>
        )}
      </p>
    </section>
  );
};
