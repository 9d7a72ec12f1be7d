import { useEffect, useState } from 'preact/hooks';
import type { Ranking } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { Figure } from '../figure.tsx';
import { formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { useParts } from '../part-turner.tsx';
import { buildingHref, programmesHref } from '../router.ts';
import { PovertyForm } from './poverty-form.tsx';

type Criterion = Ranking['by'];

type Named = {
  /** In the list of criteria. */
  readonly name: Text;
  /** Over the column of figures. */
  readonly figure: Text;
};

const criteria: Readonly<Record<Criterion, Named>> = {
  saving: {
    name: { fr: 'énergie que ses meilleurs travaux économiseraient', en: 'energy its best works would save' },
    figure: { fr: 'Économie par an', en: 'Saving a year' },
  },
  'saving-per-euro': {
    name: { fr: 'énergie économisée par euro', en: 'energy saved per euro' },
    figure: { fr: 'kWh par an et par euro', en: 'kWh a year and per euro' },
  },
  carbon: {
    name: { fr: 'carbone évité', en: 'carbon avoided' },
    figure: { fr: 'Carbone évité par an', en: 'Carbon avoided a year' },
  },
  'net-value': {
    name: { fr: 'valeur nette', en: 'net value' },
    figure: { fr: 'Valeur nette', en: 'Net value' },
  },
  'legal-urgency': {
    name: { fr: 'urgence légale', en: 'legal urgency' },
    figure: { fr: 'Jours avant d’être hors la loi', en: 'Days until outside the law' },
  },
  'fuel-poverty': {
    name: { fr: 'précarité énergétique, part des ménages', en: 'fuel poverty, share of households' },
    figure: { fr: 'Ménages en précarité', en: 'Households in fuel poverty' },
  },
  'fuel-poverty-score': {
    name: { fr: 'précarité énergétique, score', en: 'fuel poverty, score' },
    figure: { fr: 'Score', en: 'Score' },
  },
};

const tops = [1, 3, 10, 50, 200];
/** Lines drawn at once: a stock of thousands is not scrolled. */
const MOST = 20;

/** The firsts worth asking about among so many: to be among the first ten of seven says nothing. */
const topsOf = (ranked: number): readonly number[] => {
  const told = tops.filter((count) => count < ranked && (count > 1 || ranked <= 3));
  return told.length === 0 ? [1] : told;
};

const isPoverty = (by: Criterion): boolean => by === 'fuel-poverty' || by === 'fuel-poverty-score';

/** Buildings in order by one criterion, those that cannot be told apart on one place. */
export const RankingPage = () => {
  const t = useText();
  const [by, setBy] = useState<Criterion>('saving');
  const [asked, setTop] = useState(10);
  const [ranked, setRanked] = useState<number | null>(null);
  const offered = ranked === null ? [asked] : topsOf(ranked);
  const top = offered.includes(asked)
    ? asked
    : (offered.findLast((count) => count <= asked) ?? offered[0] ?? 1);
  const ranking = useResource('GET /v1/ranking', { query: { by, top } });
  const count = ranking.state === 'ready' ? ranking.value.ranks.length : null;
  useEffect(() => {
    if (count !== null && count > 0) setRanked(count);
  }, [count]);
  return (
    <>
      <h1>{t({ fr: 'Par quels bâtiments commencer', en: 'Which buildings to start with' })}</h1>
      <div class="grid-form">
        <label class="labelled">
          {t({ fr: 'Classer par', en: 'Rank by' })}
          <select
            class="field"
            value={by}
            onChange={(event) => setBy(event.currentTarget.value as Criterion)}
          >
            {Object.entries(criteria).map(([value, { name }]) => (
              <option key={value} value={value}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled">
          {t({ fr: 'Chance d’être dans les', en: 'Chance to be in the' })}
          <select class="field" value={top} onChange={(event) => setTop(Number(event.currentTarget.value))}>
            {offered.map((count) => (
              <option key={count} value={count}>
                {count === 1
                  ? t({ fr: 'tout premier', en: 'very first' })
                  : t({ fr: `${count} premiers`, en: `first ${count}` })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Pending loaded={ranking}>
        {(value) => (
          <>
            <Ranks ranking={value} />
            {isPoverty(value.by) && value.notEvaluated.length + value.ranks.length > 0 && (
              <PovertyForm ranking={value} onKept={ranking.retry} />
            )}
            <NotEvaluated ranking={value} />
          </>
        )}
      </Pending>
    </>
  );
};

/** How many share a place, so that a shared one is told as such. */
const sharers = (ranks: Ranking['ranks']): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  for (const { place } of ranks) found.set(place, (found.get(place) ?? 0) + 1);
  return found;
};

const Ranks = ({ ranking }: { readonly ranking: Ranking }) => {
  const t = useText();
  const language = useLanguage();
  const { ranks, by, top } = ranking;
  const { figure } = criteria[by];
  const { lines, turner } = useParts(ranks, MOST);
  if (ranks.length === 0) return null;
  const inTop: Text =
    top === 1
      ? { fr: 'Chance d’être le premier', en: 'Chance to be the first' }
      : { fr: `Chance d’être parmi les ${top} premiers`, en: `Chance to be among the first ${top}` };
  const shared = sharers(ranks);
  const largest = Math.max(...ranks.map(({ value }) => Math.abs(value.value)));
  return (
    <>
      <p class="quiet">
        {t({
          fr: 'Une place est partagée quand les chiffres ne disent pas qui passe devant (moins de 80 % de chances).',
          en: 'A place is shared where the figures do not tell who comes first (less than an 80 % chance).',
        })}
      </p>
      {turner}
      <div class="scroll">
        <table
          class="stacked"
          aria-label={t({
            fr: 'Les bâtiments, du premier au dernier',
            en: 'The buildings, from the first to the last',
          })}
        >
          <thead>
            <tr>
              <th scope="col" class="number">
                {t({ fr: 'Place', en: 'Place' })}
              </th>
              <th scope="col">{t(words.building)}</th>
              <th scope="col" class="number">
                {t(figure)}
              </th>
              <th scope="col" class="number">
                {t(inTop)}
              </th>
              <th scope="col">{t({ fr: 'Pourquoi', en: 'Why' })}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ buildingId, name, place, value, chanceInTop, measures, sentence }) => (
              <tr key={buildingId}>
                <td class="number" data-head={t({ fr: 'Place', en: 'Place' })}>
                  {place}
                  {(shared.get(place) ?? 0) > 1 && (
                    <small class="doubt"> {t({ fr: 'ex æquo', en: 'tied' })}</small>
                  )}
                </td>
                <th scope="row">
                  <a href={buildingHref(buildingId)}>{t(name)}</a>
                </th>
                <td class="number" data-head={t(figure)}>
                  <Figure label={figure} quantity={value} like={largest} />
                </td>
                <td class="number" data-head={t(inTop)}>
                  {formatPercent(chanceInTop, language)}
                </td>
                <td>
                  {sentence === undefined ? measures.map((one) => t(one.name)).join(' + ') : t(sentence)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a href={programmesHref}>
          {t({ fr: 'Construire un programme avec un budget', en: 'Build a programme with a budget' })}
        </a>
      </p>
    </>
  );
};

const NotEvaluated = ({ ranking: { notEvaluated } }: { readonly ranking: Ranking }) => {
  const t = useText();
  const { lines, turner } = useParts(notEvaluated, MOST);
  if (notEvaluated.length === 0) return null;
  return (
    <details>
      <summary>
        {t({
          fr: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'bâtiments non classés, et pourquoi' : 'bâtiment non classé, et pourquoi'}`,
          en: `${notEvaluated.length} ${notEvaluated.length > 1 ? 'buildings' : 'building'} not ranked, and why`,
        })}
      </summary>
      {turner}
      <ul>
        {lines.map(({ buildingId, name, reason }) => (
          <li key={buildingId}>
            <a href={buildingHref(buildingId)}>{t(name)}</a>
            {t(words.colon)}
            {t(reason)}
          </li>
        ))}
      </ul>
    </details>
  );
};
