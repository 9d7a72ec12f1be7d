import { useEffect, useState } from 'preact/hooks';
import type { Building, BuildingMeasures, Comparison, MeasureView, Scenario } from '../client/names.ts';
import { useResource } from './client.ts';
import { Folded } from './folded.tsx';
import { formatNumber, formatPercent, formatQuantity, formatValue } from './format.ts';
import { useLanguage, useText, words } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { optionLetter } from './option-letter.ts';
import { Pending } from './pending.tsx';
import { SavedScenarios } from './saved-scenarios.tsx';
import { type Conditions, ScenarioConditions } from './scenario-conditions.tsx';
import { ScenarioMore } from './scenario-more.tsx';
import { ComparisonTable } from './scenario-table.tsx';

/** As many as the API compares at once. */
const MOST_OPTIONS = 12;

type Options = readonly (readonly string[])[];

export const ScenarioSection = ({ building }: { readonly building: Building }) => {
  const measures = useResource('GET /v1/buildings/{id}/measures', { path: { id: building.id } });
  return (
    <Pending loaded={measures}>
      {(value) => <Comparing building={building} measures={value} key={building.id} />}
    </Pending>
  );
};

type ComparingProps = {
  readonly building: Building;
  readonly measures: BuildingMeasures;
};

const Comparing = ({ building, measures }: ComparingProps) => {
  const t = useText();
  const [options, setOptions] = useState<Options>(measures.suggested);
  const asked = options.filter((option) => option.length > 0);
  const [{ years, ...conditions }, setConditions] = useState<Conditions>({ years: [] });
  const comparison = useResource('POST /v1/buildings/{id}/comparisons', {
    path: { id: building.id },
    body: {
      options: asked.map((option, index) => {
        const year = years[index];
        return { measures: year === undefined ? option : option.map((measure) => ({ measure, year })) };
      }),
      ...conditions,
    },
  });
  const [last, setLast] = useState<Comparison | null>(null);
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
        {last !== null && (
          <>
            <SavingPlot scenarios={last.scenarios} />
            {last.verdict !== null && <p>{t(last.verdict)}</p>}
            <ComparisonTable comparison={last} />
            <Shares scenarios={last.scenarios} />
            <ScenarioMore comparison={last} />
            <Notes comparison={last} />
          </>
        )}
        {last !== null && (
          <ScenarioConditions
            building={building}
            place={last.place}
            options={asked.length}
            onChange={setConditions}
          />
        )}
        <OptionEditor measures={measures.measures} options={options} onChange={setOptions} />
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
              <button type="button" class="primary" onClick={() => print()}>
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
  const works = best.measures.map(({ name }) => t(name).toLowerCase()).join(' + ');
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
    <IntervalPlot rows={rows} summary={`${t({ fr: 'Économie par an', en: 'Saving a year' })} : ${summary}`} />
  );
};

/** What each measure brings within its option, whatever the order they are done in. */
const Shares = ({ scenarios }: { readonly scenarios: readonly Scenario[] }) => {
  const t = useText();
  const language = useLanguage();
  const several = scenarios.flatMap((one, index) =>
    one.shares.length > 1 ? [{ one, letter: optionLetter(index) }] : [],
  );
  if (several.length === 0) return null;
  return (
    <>
      <h3>{t({ fr: 'La part de chaque geste', en: 'The share of each measure' })}</h3>
      <ul>
        {several.map(({ one, letter }) => {
          const total = one.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
          return (
            <li key={one.id}>
              <strong>{letter}</strong>{' '}
              {one.shares
                .toSorted((left, right) => right.savingKwh - left.savingKwh)
                .map(
                  ({ measure, savingKwh }) =>
                    `${t(measure.name).toLowerCase()} ${formatPercent(total === 0 ? 0 : savingKwh / total, language)} (${formatNumber(savingKwh / 1000, language)} MWh)`,
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

type EditorProps = {
  readonly measures: readonly MeasureView[];
  readonly options: Options;
  readonly onChange: (options: Options) => void;
};

const OptionEditor = ({ measures, options, onChange }: EditorProps) => {
  const t = useText();
  const toggle = (option: number, measure: string): void =>
    onChange(
      options.map((chosen, index) => {
        if (index !== option) return chosen;
        return chosen.includes(measure) ? chosen.filter((one) => one !== measure) : [...chosen, measure];
      }),
    );
  const applicable = measures.filter((measure) => measure.applicable);
  const refused = measures.filter((measure) => !measure.applicable);
  return (
    <Folded
      kind="editor"
      summary={t({ fr: 'Changer les options comparées', en: 'Change the options compared' })}
    >
      {() => (
        <>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t({ fr: 'Geste', en: 'Measure' })}</th>
                  {options.map((_, index) => (
                    <th key={optionLetter(index)} scope="col">
                      {optionLetter(index)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {applicable.map((measure) => (
                  <tr key={measure.id}>
                    <th scope="row" title={t(measure.description)}>
                      {t(measure.name)}
                    </th>
                    {options.map((option, index) => (
                      <td key={optionLetter(index)}>
                        <label class="tick-box">
                          <input
                            type="checkbox"
                            checked={option.includes(measure.id)}
                            onChange={() => toggle(index, measure.id)}
                          />
                          <span class="hidden">
                            {t(measure.name)}, {optionLetter(index)}
                          </span>
                        </label>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {options.length < MOST_OPTIONS && (
            <p>
              {options.map((option, index) => (
                <button
                  key={optionLetter(index)}
                  type="button"
                  class="plain"
                  onClick={() => onChange([...options, option])}
                >
                  {t({
                    fr: `Partir de ${optionLetter(index)} pour une autre option`,
                    en: `Start another option from ${optionLetter(index)}`,
                  })}
                </button>
              ))}
            </p>
          )}
          {refused.length > 0 && (
            <ul class="quiet">
              {refused.map((measure) => (
                <li key={measure.id}>
                  {t(measure.name)} : {measure.reason === null ? '' : t(measure.reason)}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Folded>
  );
};
