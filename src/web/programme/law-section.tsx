import { useState } from 'preact/hooks';
import type { Programme } from '../../client/names.ts';
import { formatDay, formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { buildingHref } from '../router.ts';
import { TertiaryForm } from './tertiary-form.tsx';

type Law = NonNullable<Programme['law']>;

const standingText: Readonly<Record<Law['buildings'][number]['standing'], Text>> = {
  'in-time': { fr: 'à temps', en: 'in time' },
  late: { fr: 'en retard', en: 'late' },
  never: { fr: 'pas tenue', en: 'not kept' },
  'after-programme': { fr: 'date après le programme', en: 'date after the programme' },
};

/** Buildings told at once. */
const MOST = 20;
/** Those that each asking for more adds. */
const STEP = 200;

/** What the dates of the law ask of the programme, and what the plan makes of them. */
export const LawSection = ({ programme: { law } }: { readonly programme: Programme }) => {
  const t = useText();
  const language = useLanguage();
  const [shown, setShown] = useState(MOST);
  if (law === undefined) return null;
  const { buildings, dwellingsInTime, dwellingsLate, notEvaluated, rule } = law;
  return (
    <section aria-labelledby="law">
      <h2 id="law">{t({ fr: 'Les dates de la loi', en: 'The dates of the law' })}</h2>
      <p>
        {buildings.length === 0
          ? t({
              fr: 'Aucune date de la loi ne lie un bâtiment évalué pendant ce programme.',
              en: 'No date of the law binds an evaluated building during this programme.',
            })
          : t({
              fr: `Logements remis à temps dans la loi : ${dwellingsInTime} ; en retard ou pas tenus : ${dwellingsLate}.`,
              en: `Dwellings brought inside the law in time: ${dwellingsInTime}; late or not kept: ${dwellingsLate}.`,
            })}{' '}
        {law.mode === 'told' &&
          t({
            fr: 'Ces dates n’ont pas pesé sur le choix.',
            en: 'These dates did not weigh on the choice.',
          })}
      </p>
      {buildings.length > 0 && (
        <div class="scroll">
          <table class="stacked">
            <thead>
              <tr>
                <th scope="col">{t(words.building)}</th>
                <th scope="col">{t({ fr: 'Date', en: 'Date' })}</th>
                <th scope="col" class="number">
                  {t({ fr: 'Risque d’être dehors', en: 'Risk of standing outside' })}
                </th>
                <th scope="col">{t({ fr: 'Avec ce programme', en: 'With this programme' })}</th>
              </tr>
            </thead>
            <tbody>
              {buildings.slice(0, shown).map((one) => (
                <tr key={`${one.buildingId}${one.law}${one.step}`}>
                  <th scope="row">
                    <a href={buildingHref(one.buildingId)}>{t(one.name)}</a>
                  </th>
                  <td data-head={t({ fr: 'Date', en: 'Date' })}>{formatDay(one.from, language)}</td>
                  <td
                    class="number"
                    data-head={t({ fr: 'Risque d’être dehors', en: 'Risk of standing outside' })}
                  >
                    {formatPercent(one.chanceOutside, language)}
                  </td>
                  <td class="reason">
                    <strong>{t(standingText[one.standing])}</strong>
                    <small class="doubt">{t(one.sentence)}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {buildings.length > shown && (
        <button type="button" class="plain" onClick={() => setShown(shown + STEP)}>
          {t({
            fr: `Montrer les dates suivantes (${buildings.length - shown} restent)`,
            en: `Show the next dates (${buildings.length - shown} left)`,
          })}
        </button>
      )}
      <p class="quiet">{t(rule)}</p>
      {notEvaluated.length > 0 && (
        <p class="not-evaluated block">
          {t({
            fr: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'bâtiments non évalués' : 'bâtiment non évalué'} : `,
            en: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'buildings' : 'building'} not evaluated: `,
          })}
          {notEvaluated
            .slice(0, MOST)
            .map(({ name }) => t(name))
            .join(', ')}
          {notEvaluated.length > MOST && '…'}
        </p>
      )}
      {notEvaluated.length > 0 && <TertiaryForm buildings={notEvaluated} />}
    </section>
  );
};
