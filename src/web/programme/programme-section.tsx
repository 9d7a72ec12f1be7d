import type { Programme } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { formatNumber } from '../format.ts';
import { useLanguage, useText, words } from '../i18n.ts';
import { buildingHref, programmeHref } from '../router.ts';

/** The proposed programme in short: what it costs and saves, and who has works when. */
export const ProgrammeSection = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const language = useLanguage();
  const euros = (value: number): string => `${formatNumber(value / 1000, language)} k€`;
  return (
    <section aria-labelledby="programme">
      <h2 id="programme">{t(words.programme)}</h2>
      <p>
        {t({
          fr: `${euros(programme.costEur)} de travaux sur ${euros(programme.budgetEur)}, de ${programme.firstYear} à ${programme.firstYear + programme.years - 1}. Économie attendue : `,
          en: `${euros(programme.costEur)} of works out of ${euros(programme.budgetEur)}, from ${programme.firstYear} to ${programme.firstYear + programme.years - 1}. Expected saving: `,
        })}
        <Figure
          label={{ fr: 'Économie du programme', en: 'Saving of the programme' }}
          quantity={programme.savingKwh}
        />
        {t({
          fr: ` par an ; ${Math.round(100 * programme.chanceOf30Percent)} % de chances d’atteindre 30 % sur les bâtiments choisis.`,
          en: ` a year; a ${Math.round(100 * programme.chanceOf30Percent)} % chance of 30 % on the buildings chosen.`,
        })}
      </p>
      <div class="scroll">
        <table aria-label={t({ fr: 'Le programme, année par année', en: 'The programme, year by year' })}>
          <thead>
            <tr>
              <th scope="col">{t(words.year)}</th>
              <th scope="col">{t(words.building)}</th>
              <th scope="col">{t({ fr: 'Travaux', en: 'Works' })}</th>
              <th scope="col" class="number">
                {t({ fr: 'Coût', en: 'Cost' })}
              </th>
              <th scope="col" class="number">
                {t({ fr: 'Économie par an', en: 'Saving a year' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {programme.chosen.map((one) => (
              <tr key={one.buildingId}>
                <td>{one.year}</td>
                <th scope="row">
                  <a href={buildingHref(one.buildingId)}>{t(one.name)}</a>
                </th>
                <td>{one.measures.map(({ name }) => t(name)).join(' + ')}</td>
                <td class="number">{euros(one.costEur)}</td>
                <td class="number">
                  <Figure label={{ fr: 'Économie par an', en: 'Saving a year' }} quantity={one.savingKwh} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a href={programmeHref(programme.id)}>
          {t({
            fr: 'Pourquoi ceux-là, année par année, et changer les budgets',
            en: 'Why these, year by year, and change the budgets',
          })}
        </a>
      </p>
    </section>
  );
};
