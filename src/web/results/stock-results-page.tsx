import { useState } from 'preact/hooks';
import type { StockSavings } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { Figure } from '../figure.tsx';
import { formatDay, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { Pending } from '../pending.tsx';
import { resultsHref } from '../router.ts';
import { LearntSection } from './learnt-section.tsx';
import { Status } from './status.tsx';
import './results.css';

/** What all works of the stock delivered, and what was learnt from them. */
export const StockResultsPage = () => {
  const loaded = useResource('GET /v1/savings');
  const rates = useResource('GET /v1/rates');
  return (
    <Pending loaded={loaded}>
      {(value) => (
        <>
          <StockAnswer value={value} />
          {value.works.length > 0 && <WorksTable works={value.works} />}
          {value.notEvaluated.length > 0 && <NotEvaluated rows={value.notEvaluated} />}
          <LearntSection rates={rates} />
        </>
      )}
    </Pending>
  );
};

const answerOf = ({ works, notEvaluated, firstYear }: StockSavings): Text => {
  const followed = works.length + notEvaluated.filter(({ worksId }) => worksId !== null).length;
  if (followed === 0)
    return {
      fr: 'Aucuns travaux déclarés : ouvrez un bâtiment, puis ses résultats, pour en déclarer.',
      en: 'No works declared: open a building, then its results, to declare some.',
    };
  if (firstYear === null)
    return {
      fr: `${followed} ${followed > 1 ? 'opérations suivies, aucune' : 'opération suivie, pas'} encore établie.`,
      en: `${followed} works followed, ${followed > 1 ? 'none' : 'not'} established yet.`,
    };
  const count = firstYear.works;
  const provisional = works.filter(
    ({ savings, leftOut }) => leftOut === null && savings.status === 'provisional',
  ).length;
  const doubt = {
    fr: provisional === 0 ? '' : `, dont ${provisional} ${provisional > 1 ? 'provisoires' : 'provisoire'}`,
    en: provisional === 0 ? '' : `, ${provisional} of them provisional`,
  };
  const left = followed - count;
  const out = {
    fr: left === 0 ? '' : ` ; ${left} ${left > 1 ? 'ne sont pas comptées' : 'n’est pas comptée'}`,
    en: left === 0 ? '' : `; ${left} ${left > 1 ? 'are' : 'is'} not counted`,
  };
  return {
    fr: `${count} ${count > 1 ? 'opérations ont' : 'opération a'} économisé ${formatQuantity(firstYear.savings, 'fr')} la première année${doubt.fr}${out.fr}.`,
    en: `${count} works saved ${formatQuantity(firstYear.savings, 'en')} in their first year${doubt.en}${out.en}.`,
  };
};

const StockAnswer = ({ value }: { readonly value: StockSavings }) => {
  const t = useText();
  const { firstYear, sinceWorks, data } = value;
  return (
    <>
      <h1>{t(answerOf(value))}</h1>
      {data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
      {firstYear !== null && sinceWorks !== null && (
        <p>
          {t({ fr: 'La première année : ', en: 'In the first year: ' })}
          <Figure
            label={{ fr: 'Économie de la première année', en: 'Saving of the first year' }}
            quantity={firstYear.savings}
          />
          {', '}
          <Figure label={{ fr: 'Part économisée', en: 'Share saved' }} quantity={firstYear.savingsPercent} />
          {t({ fr: ' ; depuis les travaux : ', en: '; since the works: ' })}
          <Figure
            label={{ fr: 'Économie depuis les travaux', en: 'Saving since the works' }}
            quantity={sinceWorks.savings}
          />
          {t({
            fr: '. Chaque opération est jugée par sa référence gelée avant les travaux.',
            en: '. Each works is judged by its baseline frozen before it.',
          })}
        </p>
      )}
    </>
  );
};

const titles = {
  kwh: { fr: 'Économie, 1re année', en: 'Saving, 1st year' },
  percent: { fr: 'Mesurée', en: 'Measured' },
  predicted: { fr: 'Prédite', en: 'Predicted' },
  rate: { fr: 'Réalisé sur prédit', en: 'Realised over predicted' },
} as const satisfies Record<string, Text>;

/** Works drawn, and listed, at once. */
const MOST_DRAWN = 12;
const MOST_LISTED = 14;

const WorksTable = ({ works }: { readonly works: StockSavings['works'] }) => {
  const t = useText();
  const language = useLanguage();
  const [shown, setShown] = useState(MOST_LISTED);
  const largest = Math.max(0, ...works.map(({ savings }) => Math.abs(savings.savings.value)));
  const drawn = works
    .filter(({ savings }) => savings.status !== 'disqualified')
    .slice(0, MOST_DRAWN)
    .map(({ building, end, savings }) => ({
      label: `${t(building)}, ${end.slice(0, 4)}`,
      quantity: savings.savingsPercent,
      ghost: savings.predictedPercent,
    }));
  return (
    <section aria-labelledby="all-works">
      <h2 id="all-works">{t({ fr: 'Opération par opération', en: 'Works by works' })}</h2>
      {drawn.length > 0 && (
        <>
          <p class="quiet">
            {t({
              fr: 'Le point et sa bande : mesuré. Le trait fin : ce que le jumeau prédisait.',
              en: 'The dot and its band: measured. The thin line: what the twin predicted.',
            })}
          </p>
          <IntervalPlot
            rows={drawn}
            summary={t({
              fr: `Part économisée de ${drawn.length} opérations, mesurée et prédite, avec les intervalles à 90 %.`,
              en: `Share saved by ${drawn.length} works, measured and predicted, with 90 % intervals.`,
            })}
          />
        </>
      )}
      <div class="scroll">
        <table
          aria-label={t({
            fr: 'Économie mesurée et prédite de chaque bâtiment',
            en: 'Measured and predicted saving of each building',
          })}
        >
          <thead>
            <tr>
              <th scope="col">{t(words.building)}</th>
              <th scope="col">{t({ fr: 'Fin des travaux', en: 'End of the works' })}</th>
              {Object.values(titles).map((title) => (
                <th key={title.en} scope="col" class="number">
                  {t(title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {works.slice(0, shown).map(({ buildingId, building, measures, end, savings, leftOut }) => (
              <tr key={savings.worksId} class={savings.status}>
                <th scope="row">
                  <a href={resultsHref(buildingId)}>{t(building)}</a>
                  <small class="doubt">{measures.map(({ name }) => t(name)).join(' + ')}</small>
                </th>
                <td>
                  {formatDay(end, language)} <Status status={savings.status} />
                  {leftOut !== null && <small class="doubt">{t(leftOut)}</small>}
                </td>
                <td class="number">
                  <Figure label={titles.kwh} quantity={savings.savings} like={largest} />
                </td>
                <td class="number">
                  <Figure label={titles.percent} quantity={savings.savingsPercent} />
                </td>
                <td class="number">
                  <Figure label={titles.predicted} quantity={savings.predictedPercent} />
                </td>
                <td class="number">
                  <Figure label={titles.rate} quantity={savings.realisationRate} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {works.length > shown && (
        <button type="button" class="plain" onClick={() => setShown(shown + 200)}>
          {t({
            fr: `Montrer les suivantes (${works.length - shown} restent)`,
            en: `Show the next ones (${works.length - shown} left)`,
          })}
        </button>
      )}
    </section>
  );
};

/** Works and buildings without a figure: said with the reason, never a zero. */
const NotEvaluated = ({ rows }: { readonly rows: StockSavings['notEvaluated'] }) => {
  const t = useText();
  return (
    <details>
      <summary>{t({ fr: `Non évalué (${rows.length})`, en: `Not evaluated (${rows.length})` })}</summary>
      <ul>
        {rows.slice(0, MOST_LISTED).map(({ buildingId, building, worksId, reason }) => (
          <li key={`${buildingId}${worksId ?? ''}`}>
            <a href={resultsHref(buildingId)}>{t(building)}</a>
            {t(words.colon)}
            {t(reason)}
          </li>
        ))}
      </ul>
    </details>
  );
};
