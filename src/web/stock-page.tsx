import { useState } from 'preact/hooks';
import type { ProgrammeSummary, StockSummary } from '../client/names.ts';
import { Figure } from './figure.tsx';
import { Folded } from './folded.tsx';
import { formatCount, formatQuantity } from './format.ts';
import { useText, words } from './i18n.ts';
import { Lazy } from './lazy.tsx';
import { Pending } from './pending.tsx';
import { addHref, guideHref, rankingHref } from './router.ts';
import { AddFiles } from './stock/add-files.tsx';
import { FilterSection } from './stock/filter-section.tsx';
import { LawDates } from './stock/law-dates.tsx';
import { beginLines } from './stock/lines.ts';
import { Proposed, useNewestProgramme } from './stock/proposed.tsx';
import { hasFilter, useStockQuery } from './stock/query.ts';
import { StockTable } from './stock/stock-table.tsx';
import { useSummary } from './stock/summary.ts';
import { waitingText } from './stock/words.ts';
import './stock/stock.css';

const loadMap = async () => (await import('./stock/map-section.tsx')).MapSection;

/** The stock: a sentence, its lines, the dates of the law, where it stands, and the way in for more. */
export const StockPage = () => {
  const t = useText();
  const [query, change] = useStockQuery();
  const { summary, waiting } = useSummary(query);
  const programme = useNewestProgramme();
  useState(() => beginLines(query));
  return (
    <>
      <Pending loaded={summary}>
        {(value) =>
          value.buildings === 0 && !hasFilter(query) ? (
            <EmptyStock />
          ) : (
            <>
              <StockTitle summary={value} filtered={hasFilter(query)} programme={programme} />
              <Waiting summary={value} />
              <FilterSection query={query} onChange={change} />
              {value.buildings > 0 && (
                <StockTable
                  query={query}
                  onOrder={(tri) => change({ tri })}
                  count={value.buildings}
                  revision={waiting}
                />
              )}
              <LawDates summary={value} query={query} />
              <Folded summary={t(mapTitle(value))} kind="map">
                {() => <Lazy load={loadMap} query={query} />}
              </Folded>
              {programme !== null && <Proposed />}
              <p class="print-hidden">
                <a href={rankingHref}>
                  {t({ fr: 'Par quels bâtiments commencer', en: 'Which buildings to start with' })}
                </a>
              </p>
            </>
          )
        }
      </Pending>
      <AddFiles onChange={summary.retry} />
    </>
  );
};

const mapTitle = ({ placed, buildings }: StockSummary) => {
  const missing = buildings - placed;
  return {
    fr: `La carte : ${formatCount(placed, 'fr')} ${placed > 1 ? 'bâtiments placés' : 'bâtiment placé'}${missing === 0 ? '' : `, ${formatCount(missing, 'fr')} sans coordonnées`}`,
    en: `The map: ${formatCount(placed, 'en')} ${placed === 1 ? 'building' : 'buildings'} placed${missing === 0 ? '' : `, ${formatCount(missing, 'en')} without coordinates`}`,
  };
};

const Waiting = ({ summary }: { readonly summary: StockSummary }) => {
  const t = useText();
  const told = waitingText(summary);
  return (
    told !== null && (
      <p role="status" class="notice">
        {t(told)}
      </p>
    )
  );
};

const EmptyStock = () => {
  const t = useText();
  return (
    <>
      <h1>{t({ fr: 'Aucun bâtiment encore.', en: 'No building yet.' })}</h1>
      <p>
        {t({
          fr: 'Commencez par un seul : une maquette IFC, un DPE ou quatre lignes suffisent.',
          en: 'Begin with one: an IFC model, a certificate or four lines are enough.',
        })}
      </p>
      <p class="actions">
        <a class="primary" href={addHref()}>
          {t(words.add)}
        </a>
        <a href={guideHref}>{t({ fr: 'Premiers pas, en dix minutes', en: 'First steps, in ten minutes' })}</a>
      </p>
      <p class="quiet">
        {t({
          fr: 'Pour voir un parc d’exemple : « npm run demo » sur le serveur, puis rechargez cette page.',
          en: 'To see a sample stock: “npm run demo” on the server, then reload this page.',
        })}
      </p>
    </>
  );
};

type TitleProps = {
  readonly summary: StockSummary;
  readonly filtered: boolean;
  readonly programme: ProgrammeSummary | null;
};

const StockTitle = ({ summary, filtered, programme }: TitleProps) => {
  const t = useText();
  const { buildings: count, evaluated, annualKwh, annualEur, annualKgCo2e, data } = summary;
  if (count === 0)
    return (
      <h1>
        {t({
          fr: 'Aucun bâtiment ne répond à ces filtres.',
          en: 'No building answers to these filters.',
        })}
      </h1>
    );
  const write = (value: number) => ({ fr: formatCount(value, 'fr'), en: formatCount(value, 'en') });
  const of =
    evaluated === count || evaluated === 0
      ? { fr: '', en: '' }
      : { fr: ` sur ${write(count).fr}`, en: ` of ${write(count).en}` };
  const told = evaluated === 0 ? count : evaluated;
  const chosen = filtered ? { fr: told < 2 ? ' retenu' : ' retenus', en: ' selected' } : { fr: '', en: '' };
  const unmeasured = programme?.withoutMeter ?? 0;
  const plan =
    programme === null || filtered
      ? { fr: '', en: '' }
      : unmeasured > 0
        ? // What it saves is then no part of what the meters say that the stock takes.
          {
            fr: `\u00a0; le programme proposé économiserait ${formatQuantity(programme.savingKwh, 'fr')} par an sur ${programme.buildings} bâtiments, dont ${unmeasured} sans compteur relevé`,
            en: `; the proposed programme would save ${formatQuantity(programme.savingKwh, 'en')} a year on ${programme.buildings} buildings, ${unmeasured} of them without a meter read`,
          }
        : {
            fr: `\u00a0; le programme proposé en économiserait ${formatQuantity(programme.savingKwh, 'fr')} par an`,
            en: `; the proposed programme would save ${formatQuantity(programme.savingKwh, 'en')} a year`,
          };
  const takes = {
    fr:
      annualKwh === null
        ? ' : consommation non évaluée'
        : ` ${told < 2 ? 'prend' : 'prennent'} ${formatQuantity(annualKwh, 'fr')} par an`,
    en:
      annualKwh === null
        ? ': consumption not evaluated'
        : ` ${told === 1 ? 'takes' : 'take'} ${formatQuantity(annualKwh, 'en')} a year`,
  };
  return (
    <>
      <h1>
        {t({
          fr: `${write(told).fr} ${told < 2 ? 'bâtiment' : 'bâtiments'}${chosen.fr}${of.fr}${takes.fr}${plan.fr}.`,
          en: `${write(told).en}${of.en} ${count === 1 ? 'building' : 'buildings'}${chosen.en}${takes.en}${plan.en}.`,
        })}
      </h1>
      {annualEur !== null && annualKgCo2e !== null && (
        <p>
          {t({ fr: 'Soit ', en: 'That is ' })}
          <Figure label={{ fr: 'Coût par an', en: 'Cost a year' }} quantity={annualEur} />
          {t({ fr: ' et ', en: ' and ' })}
          <Figure label={{ fr: 'CO₂e par an', en: 'CO₂e a year' }} quantity={annualKgCo2e} />
          {t({ fr: ' par an.', en: ' a year.' })}
        </p>
      )}
      {data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
    </>
  );
};
