import type { Building, BuildingResults, Savings, WorksRecord } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { Folded } from '../folded.tsx';
import { formatQuantity } from '../format.ts';
import { type Text, useText, words } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { buildingHref, stockResultsHref } from '../router.ts';
import { EventsSection } from '../meters/events-section.tsx';
import { AlarmsSection } from './alarms-section.tsx';
import { DeclareEvent } from './declare-event.tsx';
import { GapSection } from './gap-section.tsx';
import { LearntSection } from './learnt-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { WorksForm } from './works-form.tsx';
import { WorksResult } from './works-result.tsx';
import './results.css';

/** What the works of a building delivered, and everything that the answer rests on. */
export const ResultsPage = ({ id }: { readonly id: string }) => {
  const building = useSteadyResource('GET /v1/buildings/{id}', { path: { id } });
  const results = useSteadyResource('GET /v1/buildings/{id}/results', { path: { id } });
  const again = (): void => {
    building.retry();
    results.retry();
  };
  return (
    <Pending loaded={building}>
      {(one) => (
        <Pending loaded={results}>{(all) => <Results building={one} {...all} onChange={again} />}</Pending>
      )}
    </Pending>
  );
};

type ResultsProps = BuildingResults & {
  readonly building: Building;
  readonly onChange: () => void;
};

const Results = ({ building, works, savings, events, alarms, watch, onChange }: ResultsProps) => {
  const t = useText();
  const [newest, ...older] = works.toReversed();
  const meterId = newest?.baselines[0]?.meterId ?? building.meters[0]?.id;
  return (
    <>
      <p class="kicker">
        <a href={buildingHref(building.id)}>{t(building.name)}</a> ·{' '}
        <a href={stockResultsHref}>{t({ fr: 'tous les résultats', en: 'all results' })}</a>
      </p>
      <Answer
        building={building}
        works={newest}
        saving={savings.find(({ worksId }) => worksId === newest?.id)}
      />
      {building.data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
      {meterId === undefined || newest === undefined ? null : (
        <Told
          meterId={meterId}
          building={building}
          newest={newest}
          older={older}
          savings={savings}
          events={events}
          onChange={onChange}
        />
      )}
      {building.meters.length > 0 && (
        <AlarmsSection buildingId={building.id} alarms={alarms} watch={watch} onChange={onChange} />
      )}
      <Declare building={building} onAdded={onChange} />
    </>
  );
};

type ToldProps = Omit<ResultsProps, 'works' | 'alarms' | 'watch'> & {
  readonly meterId: string;
  readonly newest: WorksRecord;
  readonly older: readonly WorksRecord[];
};

/** Works and what they rest on: events, models, and what the stock has learnt of such works. */
const Told = ({ meterId, building, newest, older, savings, events, onChange }: ToldProps) => {
  const models = useSteadyResource('GET /v1/meters/{id}/models', { path: { id: meterId } });
  const rates = useResource('GET /v1/rates');
  const works = [...older.toReversed(), newest];
  const names = new Map<string, Text>();
  if (rates.state === 'ready')
    for (const { measure } of rates.value.rates) names.set(measure.id, measure.name);
  for (const { measures } of building.works) for (const { id, name } of measures) names.set(id, name);
  const result = (one: WorksRecord) => (
    <WorksResult
      key={one.id}
      works={one}
      names={names}
      saving={savings.find(({ worksId }) => worksId === one.id)}
      events={events.filter(({ worksId }) => worksId === one.id)}
      models={models.state === 'ready' ? models.value.models : []}
      onChange={onChange}
    />
  );
  return (
    <>
      {result(newest)}
      <GapSection buildingId={building.id} />
      {older.length > 0 && <Older works={older} result={result} />}
      <EventsSection buildingId={building.id} events={events} onChange={onChange} />
      <DeclareEvent buildingId={building.id} works={works} onChange={onChange} />
      <ModelsSection meterId={meterId} models={models} />
      <LearntSection rates={rates} measures={new Set(works.flatMap(({ measures }) => measures))} />
    </>
  );
};

/** Earlier works, drawn when they are asked for. */
const Older = ({
  works,
  result,
}: {
  readonly works: readonly WorksRecord[];
  readonly result: (one: WorksRecord) => preact.ComponentChildren;
}) => {
  const t = useText();
  return (
    <Folded summary={t({ fr: `Travaux d’avant (${works.length})`, en: `Earlier works (${works.length})` })}>
      {() => works.map(result)}
    </Folded>
  );
};

const Declare = ({ building, onAdded }: { readonly building: Building; readonly onAdded: () => void }) => {
  const t = useText();
  return (
    <section aria-labelledby="declare" class="print-hidden">
      <h2 id="declare">{t({ fr: 'Déclarer des travaux', en: 'Declare works' })}</h2>
      <Folded
        summary={t({
          fr: 'Des travaux commencent ou sont finis : les écrire ici gèle leur référence',
          en: 'Works begin or are finished: writing them here freezes their baseline',
        })}
      >
        {() => <WorksForm buildingId={building.id} onAdded={onAdded} />}
      </Folded>
    </section>
  );
};

const answerOf = (
  name: Text,
  works: WorksRecord | undefined,
  saving: Savings | undefined,
  missing: Text | null | undefined,
): Text => {
  const told = (fr: string, en: string): Text => ({ fr: `${name.fr} : ${fr}`, en: `${name.en}: ${en}` });
  if (works === undefined)
    return told(
      'aucuns travaux déclarés, rien à mesurer encore.',
      'no works declared, nothing to measure yet.',
    );
  const year = works.end.slice(0, 4);
  if (saving === undefined && missing !== undefined && missing !== null)
    return told(
      `les travaux de ${year} ne sont pas évalués : ${missing.fr}`,
      `the works of ${year} are not evaluated: ${missing.en}`,
    );
  if (saving === undefined)
    return told(
      `les travaux de ${year} ne sont pas encore évalués.`,
      `the works of ${year} are not evaluated yet.`,
    );
  if (saving.status === 'disqualified')
    return told(
      `l’économie des travaux de ${year} ne peut pas être établie par ce compteur.`,
      `the saving of the works of ${year} cannot be established by this meter.`,
    );
  const figure = (language: 'fr' | 'en'): string =>
    `${formatQuantity(saving.savings, language)}, ${language === 'fr' ? 'soit' : 'that is'} ${formatQuantity(saving.savingsPercent, language)}`;
  const unsure =
    saving.status === 'provisional'
      ? { fr: ' (chiffre provisoire)', en: ' (provisional figure)' }
      : { fr: '', en: '' };
  return told(
    `les travaux de ${year} ont économisé ${figure('fr')}, la première année${unsure.fr}.`,
    `the works of ${year} saved ${figure('en')}, in the first year${unsure.en}.`,
  );
};

/** The page's question, answered in a sentence. */
const Answer = ({
  building,
  works,
  saving,
}: {
  readonly building: Building;
  readonly works: WorksRecord | undefined;
  readonly saving: Savings | undefined;
}) => {
  const t = useText();
  const missing = building.works.find(({ id }) => id === works?.id)?.unmeasured;
  return <h1 class={saving?.status}>{t(answerOf(building.name, works, saving, missing))}</h1>;
};
