import { useEffect, useState } from 'preact/hooks';
import type {
  Building,
  BuildingMeasures,
  Comparison,
  MeasureView,
  Quantity,
  Scenario,
} from '../api/contract.ts';
import { useResource } from './client.ts';
import { Figure } from './figure.tsx';
import { formatPercent, formatQuantity, formatValue } from './format.ts';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { Pending } from './pending.tsx';

const letters = ['A', 'B', 'C', 'D', 'E', 'F'];

type Options = readonly (readonly string[])[];

export const ScenarioSection = ({ building }: { readonly building: Building }) => {
  const path = `v1/buildings/${encodeURIComponent(building.id)}`;
  const measures = useResource<BuildingMeasures>(`${path}/measures`);
  return (
    <Pending loaded={measures}>
      {(value) => <Comparing path={path} building={building} measures={value} key={building.id} />}
    </Pending>
  );
};

type ComparingProps = {
  readonly path: string;
  readonly building: Building;
  readonly measures: BuildingMeasures;
};

const Comparing = ({ path, building, measures }: ComparingProps) => {
  const t = useText();
  const [options, setOptions] = useState<Options>(measures.suggested);
  const asked = options.filter((option) => option.length > 0);
  const comparison = useResource<Comparison>(`${path}/comparisons`, {
    options: asked.map((option) => ({ measures: option })),
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
            <ComparisonTable scenarios={last.scenarios} />
            {last.verdict !== null && <p>{t(last.verdict)}</p>}
          </>
        )}
        <OptionEditor measures={measures.measures} options={options} onChange={setOptions} />
      </section>
    </>
  );
};

/** The surest to be worth its money; where no cost is known, the surest to save the most. */
const merit = (one: Scenario): number => one.chanceOfBestValue ?? one.chanceOfBest;

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
  const best = comparison?.scenarios.toSorted((left, right) => merit(right) - merit(left))[0];
  if (best === undefined) return <h1 aria-live="polite">{t(building.name)}</h1>;
  const works = best.measures.map(({ name }) => t(name).toLowerCase()).join(' + ');
  const euros = best.annualEur === null ? '' : formatValue(best.annualEur, language);
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
    label: `${letters[index] ?? index + 1} · ${formatPercent(scenario.savingPercent.value / 100, language)}`,
    quantity: scenario.savingKwh,
  }));
  const summary = scenarios
    .map(
      (scenario, index) => `${letters[index] ?? index + 1} ${formatQuantity(scenario.savingKwh, language)}`,
    )
    .join(' ; ');
  return (
    <IntervalPlot rows={rows} summary={`${t({ fr: 'Économie par an', en: 'Saving a year' })} : ${summary}`} />
  );
};

const indicators: readonly { readonly label: Text; readonly pick: (one: Scenario) => Quantity | null }[] = [
  { label: { fr: 'Économie par an', en: 'Saving a year' }, pick: (one) => one.savingKwh },
  { label: { fr: 'Part de la consommation', en: 'Share of consumption' }, pick: (one) => one.savingPercent },
  { label: { fr: 'Coût des travaux', en: 'Cost of the works' }, pick: (one) => one.costEur },
  { label: { fr: 'Économie en euros par an', en: 'Euros saved a year' }, pick: (one) => one.annualEur },
  { label: { fr: 'CO₂ évité par an', en: 'CO₂ avoided a year' }, pick: (one) => one.carbonKgYear },
  { label: { fr: 'Aides connues', en: 'Known aids' }, pick: (one) => one.economy.aidEur },
  {
    label: { fr: 'Investissement TTC, aides déduites', en: 'Investment with tax, aids off' },
    pick: (one) => one.economy.investmentEur,
  },
  { label: { fr: 'Retour simple, années', en: 'Simple payback, years' }, pick: (one) => one.paybackYears },
  {
    label: { fr: 'Retour actualisé, années', en: 'Discounted payback, years' },
    pick: (one) => one.economy.discountedPaybackYears,
  },
  {
    label: { fr: 'Coût global sur 30 ans', en: 'Global cost over 30 years' },
    pick: (one) => one.economy.globalCostEur,
  },
  {
    label: { fr: 'Valeur nette sur 30 ans', en: 'Net value over 30 years' },
    pick: (one) => one.economy.netValueEur,
  },
  {
    label: { fr: 'Coût du kWh économisé', en: 'Cost of a kWh saved' },
    pick: (one) => one.economy.eurPerKwhSaved,
  },
  {
    label: { fr: 'Carbone des travaux', en: 'Carbon of the works' },
    pick: (one) => one.embodiedCarbonKg,
  },
  {
    label: { fr: 'Taux de réalisation appliqué', en: 'Realisation rate applied' },
    pick: (one) => one.realisationRate,
  },
];

const ComparisonTable = ({ scenarios }: { readonly scenarios: readonly Scenario[] }) => {
  const t = useText();
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <td />
            {scenarios.map((scenario, index) => (
              <th key={scenario.id} scope="col" class="number">
                {letters[index] ?? index + 1}
                {scenario.dominated && <small class="doubt"> {t({ fr: 'dominée', en: 'dominated' })}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t({ fr: 'Travaux', en: 'Works' })}</th>
            {scenarios.map((scenario) => (
              <td key={scenario.id} class="number wrap">
                {scenario.measures.map(({ name }) => t(name)).join(' + ')}
              </td>
            ))}
          </tr>
          {indicators.map(({ label, pick }) => (
            <tr key={label.fr}>
              <th scope="row">{t(label)}</th>
              {scenarios.map((scenario) => (
                <td key={scenario.id} class="number">
                  <Figure label={label} quantity={pick(scenario)} />
                </td>
              ))}
            </tr>
          ))}
          <ChanceRow
            label={{ fr: 'Chance d’atteindre 30 %', en: 'Chance of reaching 30 %' }}
            values={scenarios.map((one) => one.chanceOf30Percent)}
          />
          <ChanceRow
            label={{ fr: 'Chance d’économiser le plus', en: 'Chance of saving the most' }}
            values={scenarios.map((one) => one.chanceOfBest)}
          />
          <ChanceRow
            label={{ fr: 'Chance d’être la plus rentable', en: 'Chance of being the best value' }}
            values={scenarios.map((one) => one.chanceOfBestValue)}
          />
        </tbody>
      </table>
    </div>
  );
};

const ChanceRow = ({
  label,
  values,
}: {
  readonly label: Text;
  readonly values: readonly (number | null)[];
}) => {
  const t = useText();
  const language = useLanguage();
  return (
    <tr>
      <th scope="row">{t(label)}</th>
      {values.map((value, index) => (
        <td key={letters[index]} class="number">
          {value === null ? (
            <span class="not-evaluated">{t(words.notEvaluated)}</span>
          ) : (
            formatPercent(value, language)
          )}
        </td>
      ))}
    </tr>
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
  const [open, setOpen] = useState(false);
  return (
    <details class="editor" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Changer les options comparées', en: 'Change the options compared' })}</summary>
      {open && (
        <>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t({ fr: 'Geste', en: 'Measure' })}</th>
                  {options.map((_, index) => (
                    <th key={letters[index]} scope="col">
                      {letters[index]}
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
                      <td key={letters[index]}>
                        <label class="tick-box">
                          <input
                            type="checkbox"
                            checked={option.includes(measure.id)}
                            onChange={() => toggle(index, measure.id)}
                          />
                          <span class="hidden">
                            {t(measure.name)}, {letters[index]}
                          </span>
                        </label>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
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
    </details>
  );
};
