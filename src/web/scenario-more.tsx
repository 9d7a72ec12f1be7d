import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Comparison, Quantity, Scenario } from '../client/names.ts';
import { Figure } from './figure.tsx';
import { formatDay, formatDigits, formatPercent } from './format.ts';
import { GroupHead } from './group-head.tsx';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { optionLetter } from './option-letter.ts';
import { weatherName } from './weather-name.ts';

type Comfort = NonNullable<Comparison['comfortBefore']>;
type Landing = NonNullable<Comparison['tertiaryBefore']>['landings'][number];

/** Excess over hours is told as in the documents: “K h” reads as thousands of hours. */
const asDegreeHours = (figure: Quantity): Quantity => ({ ...figure, unit: '°C·h' });

const comfortRows: readonly { readonly label: Text; readonly pick: (one: Comfort) => Quantity }[] = [
  {
    label: { fr: 'Heures trop chaudes dans l’année', en: 'Hours too warm in the year' },
    pick: (one) => one.overheatingHours,
  },
  {
    label: { fr: 'Degrés-heures d’inconfort', en: 'Degree hours of discomfort' },
    pick: (one) => asDegreeHours(one.overheatingDegreeHours),
  },
  {
    label: { fr: 'Degrés-heures pendant une canicule', en: 'Degree hours in a heat wave' },
    pick: (one) => asDegreeHours(one.heatWaveDegreeHours),
  },
  {
    label: { fr: 'Heure la plus chaude de la canicule', en: 'Warmest hour of the heat wave' },
    pick: (one) => one.heatWaveWarmestC,
  },
];

const purposeNames: Readonly<Record<string, Text>> = {
  operational: { fr: 'Bilan carbone du parc', en: 'Carbon account of the stock' },
  dpe: { fr: 'Facteurs du DPE', en: 'Factors of the DPE' },
  operat: { fr: 'Facteurs d’OPERAT', en: 'Factors of OPERAT' },
};

type RowProps = {
  readonly label: Text;
  /** Without works first, then each option. */
  readonly cells: readonly ComponentChildren[];
};

const Row = ({ label, cells }: RowProps) => {
  const t = useText();
  return (
    <tr>
      <th scope="row">{t(label)}</th>
      {cells.map((cell, index) => (
        <td key={index === 0 ? 'before' : optionLetter(index - 1)} class="number">
          {cell}
        </td>
      ))}
    </tr>
  );
};

type MoreProps = {
  readonly comparison: Comparison;
  /** The options that stand side by side. */
  readonly shown: readonly Scenario[];
};

const ComfortRows = ({ comparison, shown }: MoreProps) => (
  <tbody>
    <GroupHead title={{ fr: 'Confort d’été', en: 'Summer comfort' }} />
    {comfortRows.map(({ label, pick }) => (
      <Row
        key={label.fr}
        label={label}
        cells={[comparison.comfortBefore, ...shown.map(({ comfort }) => comfort)].map((one) => (
          <Figure key={label.fr} label={label} quantity={one === null ? null : pick(one)} />
        ))}
      />
    ))}
  </tbody>
);

const CarbonRows = ({ comparison: { scenarios }, shown }: MoreProps) => {
  const largest = Math.max(
    ...scenarios.flatMap(({ carbonByPurpose }) =>
      carbonByPurpose.map(({ savedKgYear }) => Math.abs(savedKgYear?.value ?? 0)),
    ),
  );
  const purposes = scenarios[0]?.carbonByPurpose.map(({ purpose }) => purpose) ?? [];
  return (
    <tbody>
      <GroupHead
        title={{ fr: 'CO₂ évité par an, selon les facteurs', en: 'CO₂ avoided a year, by set of factors' }}
      />
      {purposes.map((purpose) => {
        const label = purposeNames[purpose] ?? { fr: purpose, en: purpose };
        return (
          <Row
            key={purpose}
            label={label}
            cells={[
              '—',
              ...shown.map(({ id, carbonByPurpose }) => (
                <Figure
                  key={id}
                  label={label}
                  quantity={carbonByPurpose.find((one) => one.purpose === purpose)?.savedKgYear ?? null}
                  like={largest}
                />
              )),
            ]}
          />
        );
      })}
    </tbody>
  );
};

const Met = ({ landing }: { readonly landing: Landing | undefined }) => {
  const t = useText();
  const language = useLanguage();
  return landing === undefined ? (
    <span class="not-evaluated">{t(words.notEvaluated)}</span>
  ) : (
    <>{formatPercent(landing.chanceMet, language)}</>
  );
};

const TertiaryRows = ({ comparison: { tertiaryBefore }, shown }: MoreProps) => {
  const language = useLanguage();
  if (tertiaryBefore === null) return null;
  const due = formatDay(tertiaryBefore.declarationDue, language);
  const landingIn = (year: number, list: Comparison['tertiaryBefore']): Landing | undefined =>
    list?.landings.find((one) => one.year === year);
  return (
    <tbody>
      <GroupHead
        title={{
          fr: `Décret tertiaire : chance d’être sous la cible (estimation ; déclaration due le ${due})`,
          en: `Tertiary decree: chance of being under the target (an estimate; declaration due on ${due})`,
        }}
      />
      {tertiaryBefore.landings.map(({ year, targetKwh }) => {
        const target = formatDigits(targetKwh / 1000, 3, language);
        return (
          <Row
            key={year}
            label={{ fr: `${year} : ${target} MWh`, en: `${year}: ${target} MWh` }}
            cells={[
              <Met key="before" landing={landingIn(year, tertiaryBefore)} />,
              ...shown.map(({ id, tertiary }) => <Met key={id} landing={landingIn(year, tertiary)} />),
            ]}
          />
        );
      })}
    </tbody>
  );
};

/** What a manager asks next: summer, the decree, carbon by each set of factors; drawn once it is opened. */
export const ScenarioMore = ({ comparison, shown }: MoreProps) => {
  const t = useText();
  const [open, setOpen] = useState(false);
  const { place, weather } = comparison;
  const where =
    place.department === null
      ? { fr: 'zone H2c supposée', en: 'zone H2c assumed' }
      : {
          fr: `département ${place.department}, zone ${place.zone}`,
          en: `department ${place.department}, zone ${place.zone}`,
        };
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Confort d’été, lois et carbone', en: 'Summer comfort, law and carbon' })}</summary>
      {open && (
        <>
          <p class="quiet">
            {t({
              fr: `Météo : ${weatherName(weather).fr} ; ${where.fr}.`,
              en: `Weather: ${weatherName(weather).en}; ${where.en}.`,
            })}
          </p>
          <div class="scroll">
            <table
              class="options"
              aria-label={t({
                fr: 'Les options : coûts, confort, carbone',
                en: 'The options: costs, comfort, carbon',
              })}
            >
              <thead>
                <tr>
                  <td />
                  <th scope="col" class="number">
                    {t({ fr: 'Sans travaux', en: 'Without works' })}
                  </th>
                  {shown.map(({ id }) => (
                    <th key={id} scope="col" class="number">
                      {id}
                    </th>
                  ))}
                </tr>
              </thead>
              <ComfortRows comparison={comparison} shown={shown} />
              <TertiaryRows comparison={comparison} shown={shown} />
              <CarbonRows comparison={comparison} shown={shown} />
            </table>
          </div>
        </>
      )}
    </details>
  );
};
