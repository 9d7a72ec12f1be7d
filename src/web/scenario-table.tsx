import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Comparison, Quantity, Scenario } from '../client/names.ts';
import { Figure } from './figure.tsx';
import { formatPercent } from './format.ts';
import { GroupHead } from './group-head.tsx';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { LabelChances, LegalUntil, notACertificate } from './label-chances.tsx';
import { Payback } from './payback.tsx';
import { weatherName } from './weather-name.ts';

type Indicator = {
  readonly label: Text;
  readonly pick: (one: Scenario) => Quantity | null;
  /** Of doing nothing; a dash where it has none. */
  readonly nothing?: (comparison: Comparison) => Quantity | null;
};

/** Named after what it is known from: no meter is spoken of where none could be used. */
const heatingUse = ({ usesMeter }: Comparison): Indicator => ({
  label: usesMeter
    ? { fr: 'Compteur de chauffage, par an', en: 'Heating meter, a year' }
    : {
        fr: 'Chauffage estimé sans compteur utilisable, par an',
        en: 'Heating estimated without a usable meter, a year',
      },
  pick: (one) => one.afterKwh,
  nothing: ({ beforeKwh }) => beforeKwh,
});

/** Why what the meter takes here is not what it took last year. */
const weatherTold = ({ weather }: Comparison): Text => {
  const named = weatherName(weather);
  return {
    fr: `Compteur de chauffage, sans travaux : ce que le jumeau calé sur lui prendrait par an dans la météo de la comparaison (${named.fr}), non ce qui a été relevé une année donnée.`,
    en: `Heating meter, without works: what the twin calibrated on it would take a year in the weather of the comparison (${named.en}), not what was read in some year.`,
  };
};

const energy: readonly Indicator[] = [
  { label: { fr: 'Économie par an', en: 'Saving a year' }, pick: (one) => one.savingKwh },
  {
    label: { fr: 'Part de cette énergie sans travaux', en: 'Share of that energy without works' },
    pick: (one) => one.savingPercent,
  },
];

const moreEnergy: readonly Indicator[] = [
  {
    label: { fr: 'Taux de réalisation appliqué', en: 'Realisation rate applied' },
    pick: (one) => one.realisationRate,
  },
];

const otherElectricity: Text = {
  fr: 'Électricité des autres usages',
  en: 'Electricity of other uses',
};

/** What a manager asks first; the rest waits behind a button, so that the page stays light. */
const money: readonly Indicator[] = [
  {
    label: { fr: 'Coût des travaux, hors taxes', en: 'Cost of the works, before tax' },
    pick: (one) => one.costEur,
  },
  { label: { fr: 'Économie en euros par an', en: 'Euros saved a year' }, pick: (one) => one.annualEur },
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
    label: { fr: 'Coût global sur 30 ans', en: 'Global cost over 30 years' },
    pick: (one) => one.economy.globalCostEur,
    nothing: ({ scenarios }) => scenarios[0]?.economy.globalCostBeforeEur ?? null,
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
];

type PaybackRow = {
  readonly label: Text;
  readonly of: (one: Scenario) => {
    readonly years: Quantity | null;
    readonly within: Scenario['paybackWithin'];
  };
};

const simplePayback: PaybackRow = {
  label: { fr: 'Retour simple, années', en: 'Simple payback, years' },
  of: ({ paybackYears: years, paybackWithin: within }) => ({ years, within }),
};
const discountedPayback: PaybackRow = {
  label: { fr: 'Retour actualisé, années', en: 'Discounted payback, years' },
  of: ({ economy: { discountedPaybackYears: years, discountedPaybackWithin: within } }) => ({
    years,
    within,
  }),
};
const carbonPayback: PaybackRow = {
  label: { fr: 'Retour carbone, années', en: 'Carbon payback, years' },
  of: ({ carbonPaybackYears: years, carbonPaybackWithin: within }) => ({ years, within }),
};

type RowProps = {
  readonly label: Text;
  readonly scenarios: readonly Scenario[];
  readonly cell: (one: Scenario) => ComponentChildren;
  /** Of doing nothing. */
  readonly nothing?: ComponentChildren;
  readonly wrap?: boolean;
};

const Row = ({ label, scenarios, cell, nothing = '—', wrap = false }: RowProps) => {
  const t = useText();
  const look = wrap ? 'number wrap' : 'number';
  return (
    <tr>
      <th scope="row">{t(label)}</th>
      <td class={look}>{nothing}</td>
      {scenarios.map((one) => (
        <td key={one.id} class={look}>
          {cell(one)}
        </td>
      ))}
    </tr>
  );
};

const PaybackRows = ({
  rows,
  scenarios,
}: {
  readonly rows: readonly PaybackRow[];
  readonly scenarios: readonly Scenario[];
}) => (
  <>
    {rows.map(({ label, of }) => (
      <Row
        key={label.fr}
        label={label}
        scenarios={scenarios}
        wrap
        cell={(one) => <Payback label={label} {...of(one)} />}
      />
    ))}
  </>
);

const Group = ({ title, children }: { readonly title: Text; readonly children: ComponentChildren }) => (
  <tbody>
    <GroupHead title={title} />
    {children}
  </tbody>
);

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

const chances: readonly {
  readonly label: Text;
  readonly pick: (chances: Scenario['chanceOfBest']) => number | null;
}[] = [
  {
    label: { fr: 'Chance d’être le plus rentable', en: 'Chance of being the best value' },
    pick: (of) => of.netValue,
  },
  {
    label: { fr: 'Chance d’économiser le plus', en: 'Chance of saving the most' },
    pick: (of) => of.energy,
  },
  {
    label: { fr: 'Chance d’émettre le moins', en: 'Chance of emitting the least' },
    pick: (of) => of.carbon,
  },
  {
    label: { fr: 'Chance d’avoir l’été le plus frais', en: 'Chance of the coolest summer' },
    pick: (of) => of.comfort,
  },
];

type TableProps = {
  readonly comparison: Comparison;
  /** The options that stand side by side; all of them say which rows and units there are. */
  readonly shown: readonly Scenario[];
};

/** What a manager asks first of the chances: of the best value, or of the most energy where no cost is known. */
const firstChance = ({ scenarios }: Comparison): typeof chances => {
  const from = chances.findIndex(({ pick }) => scenarios.some((one) => pick(one.chanceOfBest) !== null));
  return chances.slice(Math.max(0, from), Math.max(0, from) + 1);
};

/** Doing nothing and the options in columns, indicators in rows, by theme. */
export const ComparisonTable = ({ comparison, shown }: TableProps) => {
  const t = useText();
  const { scenarios } = comparison;
  const [all, setAll] = useState(false);
  const figures = (indicators: readonly Indicator[]) =>
    told(indicators, scenarios).map(({ label, pick, nothing }) => {
      const idle = nothing?.(comparison);
      const largest = Math.max(...[idle, ...scenarios.map(pick)].map((one) => Math.abs(one?.value ?? 0)));
      return (
        <Row
          key={label.fr}
          label={label}
          scenarios={shown}
          nothing={idle ? <Figure label={label} quantity={idle} like={largest} /> : undefined}
          cell={(one) => <Figure label={label} quantity={pick(one)} like={largest} />}
        />
      );
    });
  return (
    <>
      <div class="scroll">
        <table class="options" aria-label={t({ fr: 'Les options comparées', en: 'The options compared' })}>
          <thead>
            <tr>
              <td />
              <th scope="col" class="number">
                {t({ fr: 'Sans travaux', en: 'Without works' })}
              </th>
              {shown.map((scenario) => (
                <th key={scenario.id} scope="col" class="number">
                  {scenario.id}
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
              scenarios={shown}
              wrap
              cell={(one) => one.measures.map(({ name }) => t(name)).join(' + ')}
            />
          </tbody>
          <Group title={{ fr: 'Énergie', en: 'Energy' }}>
            {figures([heatingUse(comparison), ...energy, ...(all ? moreEnergy : [])])}
            {scenarios.some((one) => one.electricitySavedKwh !== null) && (
              <Row
                label={otherElectricity}
                scenarios={shown}
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
              scenarios={shown}
              cell={(one) => <Chance value={one.chanceOf30Percent} />}
            />
          </Group>
          <Group title={{ fr: 'Euros', en: 'Euros' }}>
            {figures(money)}
            <PaybackRows rows={[simplePayback]} scenarios={shown} />
            {all && figures(moreMoney)}
            {all && <PaybackRows rows={[discountedPayback]} scenarios={shown} />}
          </Group>
          <Group title={{ fr: 'Carbone', en: 'Carbon' }}>
            {figures(all ? [...carbon, ...moreCarbon] : carbon)}
            {all && <PaybackRows rows={[carbonPayback]} scenarios={shown} />}
          </Group>
          <LabelRows comparison={comparison} shown={shown} all={all} />
          <Group title={{ fr: 'Laquelle est la meilleure ?', en: 'Which is best?' }}>
            {(all ? chances : firstChance(comparison)).map(({ label, pick }) => (
              <Row
                key={label.fr}
                label={label}
                scenarios={shown}
                nothing={<Chance value={pick(comparison.doNothing.chanceOfBest)} />}
                cell={(one) => <Chance value={pick(one.chanceOfBest)} />}
              />
            ))}
          </Group>
        </table>
      </div>
      {comparison.usesMeter && <p class="quiet">{t(weatherTold(comparison))}</p>}
      <p class="quiet">{t(comparison.money.sentence)}</p>
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

const LabelRows = ({ comparison: { dpeLabel }, shown, all }: TableProps & { readonly all: boolean }) => {
  const t = useText();
  if (dpeLabel === undefined) return null;
  return (
    <Group
      title={{
        fr: `Étiquette DPE (${notACertificate.fr}) et location`,
        en: `DPE label (${notACertificate.en}) and letting`,
      }}
    >
      <Row
        label={{ fr: 'Étiquette probable', en: 'Likely label' }}
        scenarios={shown}
        wrap
        nothing={<LabelChances label={dpeLabel} />}
        cell={({ dpeLabel: label }) =>
          label === undefined ? (
            <span class="not-evaluated">{t(words.notEvaluated)}</span>
          ) : (
            <LabelChances label={label} />
          )
        }
      />
      {all && (
        <Row
          label={{ fr: 'Énergie primaire par m² et an', en: 'Primary energy per m² and year' }}
          scenarios={shown}
          nothing={
            <Figure
              label={{ fr: 'Énergie primaire conventionnelle', en: 'Conventional primary energy' }}
              quantity={dpeLabel.primaryKwhM2}
            />
          }
          cell={({ dpeLabel: label }) => (
            <Figure
              label={{ fr: 'Énergie primaire conventionnelle', en: 'Conventional primary energy' }}
              quantity={label?.primaryKwhM2 ?? null}
            />
          )}
        />
      )}
      <Row
        label={{ fr: 'Louable jusqu’à', en: 'May be let until' }}
        scenarios={shown}
        wrap
        nothing={<LegalUntil label={dpeLabel} />}
        cell={({ dpeLabel: label }) => (label === undefined ? null : <LegalUntil label={label} />)}
      />
    </Group>
  );
};
