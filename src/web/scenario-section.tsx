import { useEffect, useState } from 'preact/hooks';
import type { Building, BuildingMeasures, Comparison, Scenario } from '../client/names.ts';
import { useResource } from './client.ts';
import { useDraft } from './draft.ts';
import { Folded } from './folded.tsx';
import { formatPercent, formatQuantity, formatShare, formatValue, midSentence } from './format.ts';
import { useLanguage, useText, words } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { MOST_OPTIONS, OptionEditor, type Options } from './option-editor.tsx';
import { optionLetter } from './option-letter.ts';
import { useSideBySide } from './options-turner.tsx';
import { Pending } from './pending.tsx';
import { SavedScenarios } from './saved-scenarios.tsx';
import { type Conditions, ScenarioConditions } from './scenario-conditions.tsx';
import { ScenarioMore } from './scenario-more.tsx';
import { ComparisonTable } from './scenario-table.tsx';

export const ScenarioSection = ({ building }: { readonly building: Building }) => {
  const measures = useResource('GET /v1/buildings/{id}/measures', { path: { id: building.id } });
  return (
    <Pending loaded={measures}>
      {(value) => <Comparing building={building} measures={value} key={building.id} />}
    </Pending>
  );
};

/** What a person compares, kept in this browser until it is taken back. */
type Compared = { readonly options: Options; readonly conditions: Conditions };

/** Kept options without the measures that are no more for this building, of works done since or of an earlier version. */
const knownOf = (options: Options, { measures, suggested }: BuildingMeasures): Options => {
  const known = new Set(measures.filter(({ applicable }) => applicable).map(({ id }) => id));
  const kept = options
    .filter((option) => Array.isArray(option))
    .map((option) => option.filter((measure) => known.has(measure)));
  return kept.some((option) => option.length > 0) ? kept : suggested;
};

/** Prints the comparison alone: the rest of the building is on its own page and in its audit. */
const printComparison = (after: () => void): void => {
  const { dataset } = document.documentElement;
  dataset['printed'] = 'comparison';
  const done = (): void => {
    delete dataset['printed'];
    after();
  };
  addEventListener('afterprint', done, { once: true });
  print();
};

const computing = {
  fr: 'Comparaison en cours : chaque option est simulée sur deux mille tirages du jumeau…',
  en: 'Comparing: each option is simulated on two thousand draws of the twin…',
};
const computingAgain = {
  fr: 'Nouveau calcul… les chiffres montrés sont ceux d’avant.',
  en: 'Computing again… the figures shown are those of before.',
};

type ComparingProps = {
  readonly building: Building;
  readonly measures: BuildingMeasures;
};

const Comparing = ({ building, measures }: ComparingProps) => {
  const t = useText();
  const [draft, setDraft, dropDraft] = useDraft<Compared>(`options.${building.id}`, {
    options: measures.suggested,
    conditions: { years: [] },
  });
  const options = knownOf(draft.options, measures);
  // Years are told by place: with an option taken away they would be those of another.
  const setOptions = (next: Options): void =>
    setDraft({
      options: next,
      conditions: next.length < options.length ? { ...draft.conditions, years: [] } : draft.conditions,
    });
  const asked = options.filter((option) => option.length > 0);
  const { years, ...conditions } = draft.conditions;
  const comparison = useResource('POST /v1/buildings/{id}/comparisons', {
    path: { id: building.id },
    body: {
      options: asked.map((option, index) => {
        const year = years[index];
        return { measures: typeof year === 'number' ? option.map((measure) => ({ measure, year })) : option };
      }),
      ...conditions,
    },
  });
  const [last, setLast] = useState<Comparison | null>(null);
  const [printing, setPrinting] = useState(false);
  const { shown, turner } = useSideBySide(last?.scenarios ?? [], printing);
  // Once all options are drawn: paper has no way to the others.
  useEffect(() => {
    if (printing) printComparison(() => setPrinting(false));
  }, [printing]);
  // The former answer stays on the page until the next one comes, so that nothing jumps.
  useEffect(() => {
    if (comparison.state === 'ready') setLast(comparison.value);
  }, [comparison.state === 'ready' ? comparison.value : null]);
  return (
    <>
      <Answer comparison={last} building={building} />
      <section aria-labelledby="scenarios">
        <h2 id="scenarios">{t(words.scenarios)}</h2>
        {comparison.state === 'failed' && <Pending loaded={comparison}>{() => null}</Pending>}
        <p role="status" class="quiet print-hidden">
          {comparison.waiting && t(last === null ? computing : computingAgain)}
        </p>
        {last !== null && (
          <>
            <SavingPlot scenarios={last.scenarios} />
            {last.verdict !== null && <p>{t(last.verdict)}</p>}
          </>
        )}
        <OptionEditor
          measures={measures.measures}
          options={options}
          onChange={setOptions}
          onReset={
            JSON.stringify(options) === JSON.stringify(measures.suggested) ? undefined : () => dropDraft()
          }
        />
        {last !== null && (
          <>
            {turner}
            <ComparisonTable comparison={last} shown={shown} />
            <Shares scenarios={shown} />
            <ScenarioMore comparison={last} shown={shown} />
            <Notes comparison={last} />
          </>
        )}
        {last !== null && (
          <ScenarioConditions
            building={building}
            place={last.place}
            options={asked.length}
            current={draft.conditions}
            onChange={(next) => setDraft({ ...draft, conditions: next })}
          />
        )}
        {last !== null && (
          <div class="saving">
            <Folded summary={t({ fr: 'Scénarios gardés', en: 'Kept scenarios' })}>
              {() => (
                <SavedScenarios
                  buildingId={building.id}
                  scenarios={last.scenarios}
                  onCompare={(chosen) => setOptions([...options.slice(0, MOST_OPTIONS - 1), chosen])}
                />
              )}
            </Folded>
            <p>
              <button type="button" class="primary" onClick={() => setPrinting(true)}>
                {t({ fr: 'Imprimer cette comparaison', en: 'Print this comparison' })}
              </button>
            </p>
          </div>
        )}
      </section>
    </>
  );
};

/** The surest to be worth its money; where no cost is known, the surest to save the most. */
const merit = ({ netValue, energy }: Scenario['chanceOfBest']): number => netValue ?? energy ?? 0;

/** The title of the page is the answer to its question. */
const Answer = ({
  comparison,
  building,
}: {
  readonly comparison: Comparison | null;
  readonly building: Building;
}) => {
  const t = useText();
  const language = useLanguage();
  const best = comparison?.scenarios.toSorted(
    (left, right) => merit(right.chanceOfBest) - merit(left.chanceOfBest),
  )[0];
  if (comparison === null || best === undefined) return <h1 aria-live="polite">{t(building.name)}</h1>;
  const works = best.measures.map(({ name }) => midSentence(t(name))).join(' + ');
  const euros = best.annualEur === null ? '' : formatValue(best.annualEur, language);
  const nothing = comparison.doNothing.chanceOfBest.netValue;
  const chance = merit(best.chanceOfBest);
  if (nothing !== null && nothing > chance)
    return (
      <h1 aria-live="polite">
        {t({
          fr: `${t(building.name)}\u00a0: en argent seul, ne rien faire a le plus de chances d’être le meilleur choix (${formatPercent(nothing, 'fr')}). Ensuite (${formatPercent(chance, 'fr')})\u00a0: ${works}, ${formatQuantity(best.savingKwh, 'fr')} économisés par an.`,
          en: `${t(building.name)}: for money alone, doing nothing has the best chance of being the right choice (${formatPercent(nothing, 'en')}). Then (${formatPercent(chance, 'en')}): ${works}, saving ${formatQuantity(best.savingKwh, 'en')} a year.`,
        })}
      </h1>
    );
  return (
    <h1 aria-live="polite">
      {t({
        fr: `${t(building.name)} économiserait ${formatQuantity(best.savingKwh, 'fr')} par an${euros === '' ? '' : `, soit ${euros}`}, avec\u00a0: ${works}.`,
        en: `${t(building.name)} would save ${formatQuantity(best.savingKwh, 'en')} a year${euros === '' ? '' : `, that is ${euros}`}, with: ${works}.`,
      })}
    </h1>
  );
};

const SavingPlot = ({ scenarios }: { readonly scenarios: readonly Scenario[] }) => {
  const t = useText();
  const language = useLanguage();
  const rows = scenarios.map((scenario, index) => ({
    label: `${optionLetter(index)} · ${formatPercent(scenario.savingPercent.value / 100, language)}`,
    quantity: scenario.savingKwh,
  }));
  const summary = scenarios
    .map((scenario, index) => `${optionLetter(index)} ${formatQuantity(scenario.savingKwh, language)}`)
    .join(' ; ');
  return (
    <IntervalPlot
      rows={rows}
      summary={`${t({ fr: 'Économie par an', en: 'Saving a year' })}${t(words.colon)}${summary}`}
    />
  );
};

/** What each measure brings within its option, whatever the order they are done in. */
const Shares = ({ scenarios }: { readonly scenarios: readonly Scenario[] }) => {
  const t = useText();
  const language = useLanguage();
  const several = scenarios.filter(({ shares }) => shares.length > 1);
  if (several.length === 0) return null;
  return (
    <>
      <h3>{t({ fr: 'La part de chaque geste', en: 'The share of each measure' })}</h3>
      <ul>
        {several.map((one) => {
          const total = one.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
          return (
            <li key={one.id}>
              <strong>{one.id}</strong>{' '}
              {one.shares
                .toSorted((left, right) => right.savingKwh - left.savingKwh)
                .map(
                  ({ measure, savingKwh }) =>
                    `${midSentence(t(measure.name))} ${formatPercent(total === 0 ? 0 : savingKwh / total, language)} (${formatShare(one.savingKwh, savingKwh, language)})`,
                )
                .join(', ')}
            </li>
          );
        })}
      </ul>
    </>
  );
};

/** What the figures rest on and what is not verified, each sentence once. */
const Notes = ({ comparison }: { readonly comparison: Comparison }) => {
  const t = useText();
  const { dpeLabel, warnings } = comparison;
  const notes = [
    ...new Set([...warnings.map(({ message }) => t(message)), ...(dpeLabel?.defaults ?? []).map(t)]),
  ];
  if (notes.length === 0) return null;
  return (
    <Folded summary={t({ fr: 'Réserves et hypothèses', en: 'Reserves and assumptions' })}>
      {() => (
        <ul class="quiet">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Folded>
  );
};
