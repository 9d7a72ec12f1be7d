import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Comparison, Quantity, Scenario } from '../api/contract.ts';
import { Figure } from './figure.tsx';
import { formatPercent } from './format.ts';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { LabelChances, LegalUntil, notACertificate } from './label-chances.tsx';
import { optionLetter } from './option-letter.ts';

type Indicator = { readonly label: Text; readonly pick: (one: Scenario) => Quantity | null };

const energy: readonly Indicator[] = [
  { label: { fr: 'Économie par an', en: 'Saving a year' }, pick: (one) => one.savingKwh },
  { label: { fr: 'Part de la consommation', en: 'Share of consumption' }, pick: (one) => one.savingPercent },
];

const moreEnergy: readonly Indicator[] = [
  {
    label: { fr: 'Taux de réalisation appliqué', en: 'Realisation rate applied' },
    pick: (one) => one.realisationRate,
  },
];

const otherElectricity: Text = {
  fr: 'Électricité d’autres compteurs',
  en: 'Electricity of other meters',
};

/** What a manager asks first; the rest waits behind a button, so that the page stays light. */
const money: readonly Indicator[] = [
  { label: { fr: 'Coût des travaux', en: 'Cost of the works' }, pick: (one) => one.costEur },
  { label: { fr: 'Économie en euros par an', en: 'Euros saved a year' }, pick: (one) => one.annualEur },
  { label: { fr: 'Retour simple, années', en: 'Simple payback, years' }, pick: (one) => one.paybackYears },
  {
    label: { fr: 'Valeur nette sur 30 ans', en: 'Net value over 30 years' },
    pick: (one) => one.economy.netValueEur,
  },
];

const moreMoney: readonly Indicator[] = [
  { label: { fr: 'Aides connues', en: 'Known aids' }, pick: (one) => one.economy.aidEur },
  {
    label: { fr: 'Investissement TTC, aides déduites', en: 'Investment with tax, aids off' },
    pick: (one) => one.economy.investmentEur,
  },
  {
    label: { fr: 'Entretien de plus par an', en: 'More upkeep a year' },
    pick: (one) => one.economy.maintenanceEurYear,
  },
  {
    label: { fr: 'Retour actualisé, années', en: 'Discounted payback, years' },
    pick: (one) => one.economy.discountedPaybackYears,
  },
  {
    label: { fr: 'Coût global sur 30 ans', en: 'Global cost over 30 years' },
    pick: (one) => one.economy.globalCostEur,
  },
  {
    label: { fr: 'Coût global sans travaux', en: 'Global cost without works' },
    pick: (one) => one.economy.globalCostBeforeEur,
  },
  {
    label: { fr: 'Coût du kWh économisé', en: 'Cost of a kWh saved' },
    pick: (one) => one.economy.eurPerKwhSaved,
  },
  {
    label: { fr: 'Coût de la tonne évitée', en: 'Cost of a tonne avoided' },
    pick: (one) => one.economy.eurPerTonneSaved,
  },
];

const carbon: readonly Indicator[] = [
  { label: { fr: 'CO₂ évité par an', en: 'CO₂ avoided a year' }, pick: (one) => one.carbonKgYear },
];

const moreCarbon: readonly Indicator[] = [
  { label: { fr: 'Carbone des travaux', en: 'Carbon of the works' }, pick: (one) => one.embodiedCarbonKg },
  {
    label: { fr: 'Retour carbone, années', en: 'Carbon payback, years' },
    pick: (one) => one.carbonPaybackYears,
  },
];

type RowProps = {
  readonly label: Text;
  readonly scenarios: readonly Scenario[];
  readonly cell: (one: Scenario) => ComponentChildren;
  readonly wrap?: boolean;
};

const Row = ({ label, scenarios, cell, wrap = false }: RowProps) => {
  const t = useText();
  return (
    <tr>
      <th scope="row">{t(label)}</th>
      {scenarios.map((one) => (
        <td key={one.id} class={wrap ? 'number wrap' : 'number'}>
          {cell(one)}
        </td>
      ))}
    </tr>
  );
};

const Group = ({
  title,
  count,
  children,
}: {
  readonly title: Text;
  readonly count: number;
  readonly children: ComponentChildren;
}) => {
  const t = useText();
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={count + 1}>
          {t(title)}
        </th>
      </tr>
      {children}
    </tbody>
  );
};

/** Rows that no option has a figure for would say « Non évalué » all along: kept for what a manager asks first only. */
const told = (indicators: readonly Indicator[], scenarios: readonly Scenario[]): readonly Indicator[] =>
  indicators.filter(({ pick }, index) => index < ALWAYS_SHOWN || scenarios.some((one) => pick(one) !== null));
const ALWAYS_SHOWN = 3;

const Chance = ({ value }: { readonly value: number | null }) => {
  const t = useText();
  const language = useLanguage();
  return value === null ? (
    <span class="not-evaluated">{t(words.notEvaluated)}</span>
  ) : (
    <>{formatPercent(value, language)}</>
  );
};

/** Options in columns, indicators in rows, by theme. */
export const ComparisonTable = ({ comparison }: { readonly comparison: Comparison }) => {
  const t = useText();
  const { scenarios } = comparison;
  const [all, setAll] = useState(false);
  const count = scenarios.length;
  const figures = (indicators: readonly Indicator[]) =>
    told(indicators, scenarios).map(({ label, pick }) => {
      const largest = Math.max(0, ...scenarios.map((one) => Math.abs(pick(one)?.value ?? 0)));
      return (
        <Row
          key={label.fr}
          label={label}
          scenarios={scenarios}
          cell={(one) => <Figure label={label} quantity={pick(one)} like={largest} />}
        />
      );
    });
  return (
    <>
      <div class="scroll">
        <table class="options">
          <thead>
            <tr>
              <td />
              {scenarios.map((scenario, index) => (
                <th key={scenario.id} scope="col" class="number">
                  {optionLetter(index)}
                  {scenario.dominated && (
                    <small class="doubt"> {t({ fr: 'dominée', en: 'dominated' })}</small>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              label={{ fr: 'Travaux', en: 'Works' }}
              scenarios={scenarios}
              wrap
              cell={(one) => one.measures.map(({ name }) => t(name)).join(' + ')}
            />
          </tbody>
          <Group title={{ fr: 'Énergie', en: 'Energy' }} count={count}>
            {figures(all ? [...energy, ...moreEnergy] : energy)}
            {scenarios.some((one) => one.electricitySavedKwh !== null) && (
              <Row
                label={otherElectricity}
                scenarios={scenarios}
                cell={(one) =>
                  // No measure of the option touches it: nothing is missing.
                  one.electricitySavedKwh === null ? (
                    '—'
                  ) : (
                    <Figure label={otherElectricity} quantity={one.electricitySavedKwh} />
                  )
                }
              />
            )}
            <Row
              label={{ fr: 'Chance d’atteindre 30 %', en: 'Chance of reaching 30 %' }}
              scenarios={scenarios}
              cell={(one) => <Chance value={one.chanceOf30Percent} />}
            />
          </Group>
          <Group title={{ fr: 'Euros', en: 'Euros' }} count={count}>
            {figures(all ? [...money, ...moreMoney] : money)}
          </Group>
          <Group title={{ fr: 'Carbone', en: 'Carbon' }} count={count}>
            {figures(all ? [...carbon, ...moreCarbon] : carbon)}
          </Group>
          <LabelRows comparison={comparison} />
          <Group title={{ fr: 'Laquelle est la meilleure ?', en: 'Which is best?' }} count={count}>
            <Row
              label={{ fr: 'Chance d’économiser le plus', en: 'Chance of saving the most' }}
              scenarios={scenarios}
              cell={(one) => <Chance value={one.chanceOfBest} />}
            />
            <Row
              label={{ fr: 'Chance d’être la plus rentable', en: 'Chance of being the best value' }}
              scenarios={scenarios}
              cell={(one) => <Chance value={one.chanceOfBestValue} />}
            />
          </Group>
        </table>
      </div>
      <button type="button" class="plain print-hidden" aria-expanded={all} onClick={() => setAll(!all)}>
        {all
          ? t({ fr: 'Moins de lignes', en: 'Fewer rows' })
          : t({
              fr: 'Toutes les lignes (réalisation, aides, coût global, carbone des travaux…)',
              en: 'Every row (realisation, aids, global cost, carbon of the works…)',
            })}
      </button>
    </>
  );
};

const LabelRows = ({ comparison }: { readonly comparison: Comparison }) => {
  const t = useText();
  const { scenarios, dpeLabel } = comparison;
  if (dpeLabel === undefined) return null;
  return (
    <Group
      title={{
        fr: `Étiquette DPE (${notACertificate.fr}) et location`,
        en: `DPE label (${notACertificate.en}) and letting`,
      }}
      count={scenarios.length}
    >
      <Row
        label={{ fr: 'Étiquette probable', en: 'Likely label' }}
        scenarios={scenarios}
        wrap
        cell={({ dpeLabel: label }) =>
          label === undefined ? (
            <span class="not-evaluated">{t(words.notEvaluated)}</span>
          ) : (
            <LabelChances label={label} />
          )
        }
      />
      <Row
        label={{ fr: 'Énergie primaire par m² et an', en: 'Primary energy per m² and year' }}
        scenarios={scenarios}
        cell={({ dpeLabel: label }) => (
          <Figure
            label={{ fr: 'Énergie primaire conventionnelle', en: 'Conventional primary energy' }}
            quantity={label?.primaryKwhM2 ?? null}
          />
        )}
      />
      <Row
        label={{ fr: 'Louable jusqu’à', en: 'May be let until' }}
        scenarios={scenarios}
        wrap
        cell={({ dpeLabel: label }) => (label === undefined ? null : <LegalUntil label={label} />)}
      />
    </Group>
  );
};
