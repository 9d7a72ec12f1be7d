import type { Programme } from '../../client/names.ts';
import { Folded } from '../folded.tsx';
import { formatCount, formatDay, formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { useParts } from '../part-turner.tsx';
import { buildingHref } from '../router.ts';
import { TertiaryForm } from './tertiary-form.tsx';

type Law = NonNullable<Programme['law']>;

const standingText: Readonly<Record<Law['buildings'][number]['standing'], Text>> = {
  'in-time': { fr: 'à temps', en: 'in time' },
  late: { fr: 'en retard', en: 'late' },
  never: { fr: 'pas tenue', en: 'not kept' },
  'after-programme': { fr: 'date après le programme', en: 'date after the programme' },
};

/** Dates drawn at once. */
const MOST = 8;
/** Buildings named in a sentence. */
const MOST_NAMED = 12;

/** What the dates of the law ask of the programme, and what the plan makes of them. */
export const LawSection = ({ programme: { law } }: { readonly programme: Programme }) => {
  const t = useText();
  if (law === undefined) return null;
  const { buildings, dwellingsInTime, dwellingsLate, expectedOutsideBefore, expectedOutsideAfter } = law;
  const { notEvaluated, rule } = law;
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
              fr: `Logements remis à temps dans la loi : ${formatCount(dwellingsInTime, 'fr')} ; en retard ou pas tenus : ${formatCount(dwellingsLate, 'fr')}.`,
              en: `Dwellings brought inside the law in time: ${formatCount(dwellingsInTime, 'en')}; late or not kept: ${formatCount(dwellingsLate, 'en')}.`,
            })}{' '}
        {law.mode === 'told' &&
          t({
            fr: 'Ces dates n’ont pas pesé sur le choix.',
            en: 'These dates did not weigh on the choice.',
          })}
      </p>
      {expectedOutsideBefore > 0 && (
        <p>
          {t({
            fr: `À leurs dates, en moyenne ${formatCount(expectedOutsideBefore, 'fr')} logements seraient hors la loi sans travaux, ${formatCount(expectedOutsideAfter, 'fr')} avec ce programme.`,
            en: `At their dates, ${formatCount(expectedOutsideBefore, 'en')} dwellings would stand outside the law on average without works, ${formatCount(expectedOutsideAfter, 'en')} with this programme.`,
          })}
        </p>
      )}
      {buildings.length > 0 && (
        <Folded
          summary={t({
            fr: `La chance de chaque date, bâtiment par bâtiment : ${buildings.length}`,
            en: `The chance of each date, building by building: ${buildings.length}`,
          })}
        >
          {() => <Dates buildings={buildings} />}
        </Folded>
      )}
      <p class="quiet">{t(rule)}</p>
      {notEvaluated.length > 0 && (
        <p class="not-evaluated block">
          {t({
            fr: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'bâtiments non évalués' : 'bâtiment non évalué'} : `,
            en: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'buildings' : 'building'} not evaluated: `,
          })}
          {notEvaluated
            .slice(0, MOST_NAMED)
            .map(({ name }) => t(name))
            .join(', ')}
          {notEvaluated.length > MOST_NAMED && '…'}
        </p>
      )}
      {notEvaluated.length > 0 && <TertiaryForm buildings={notEvaluated} />}
    </section>
  );
};

const Dates = ({ buildings }: Pick<Law, 'buildings'>) => {
  const t = useText();
  const language = useLanguage();
  const { lines, turner } = useParts(buildings, MOST);
  return (
    <>
      {turner}
      <div class="scroll">
        <table class="stacked" aria-label={t({ fr: 'Les dates de la loi', en: 'The dates of the law' })}>
          <thead>
            <tr>
              <th scope="col">{t(words.building)}</th>
              <th scope="col">{t({ fr: 'Date', en: 'Date' })}</th>
              <th scope="col" class="number">
                {t({ fr: 'Risque d’être dehors sans travaux', en: 'Risk of standing outside without works' })}
              </th>
              <th scope="col">{t({ fr: 'Avec ce programme', en: 'With this programme' })}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={`${one.buildingId}${one.law}${one.step}`}>
                <th scope="row">
                  <a href={buildingHref(one.buildingId)}>{t(one.name)}</a>
                </th>
                <td data-head={t({ fr: 'Date', en: 'Date' })}>{formatDay(one.from, language)}</td>
                <td
                  class="number"
                  data-head={t({
                    fr: 'Risque d’être dehors sans travaux',
                    en: 'Risk of standing outside without works',
                  })}
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
    </>
  );
};
