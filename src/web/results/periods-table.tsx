import type { Quantity, Savings } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { formatDay, formatValue } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';

type Row = {
  readonly id: string;
  readonly label: Text;
  readonly detail: string;
  readonly before: Quantity | null;
  readonly after: Quantity | null;
  readonly savings: Quantity | null;
  readonly percent: Quantity | null;
};

const read = (kwh: number, like: Quantity): Quantity => ({
  ...like,
  value: kwh,
  low: kwh,
  high: kwh,
  provenance: 'computed',
  basis: 'Sum of the readings of the valid days',
});

/** What would have been taken: what was read and what was saved, with the saving's own interval. */
const withoutWorks = (kwh: number, savings: Quantity): Quantity => ({
  ...savings,
  value: kwh + savings.value,
  low: kwh + savings.low,
  high: kwh + savings.high,
});

const rowsOf = (saving: Savings, days: (range: { from: string; to: string }) => string): Row[] => {
  const { years, sinceWorks, normalised, allCarriers, withoutEvents, comparison } = saving;
  const first: Row = {
    id: 'first',
    label: { fr: 'Première année, évitée', en: 'First year, avoided' },
    detail: days(saving.reporting),
    before: saving.counterfactual,
    after: read(saving.actualKwh, saving.savings),
    savings: saving.savings,
    percent: saving.savingsPercent,
  };
  const period = (id: string, label: Text, one: NonNullable<Savings['sinceWorks']>): Row => ({
    id,
    label,
    detail: days(one),
    before: withoutWorks(one.actualKwh, one.savings),
    after: read(one.actualKwh, one.savings),
    savings: one.savings,
    percent: one.savingsPercent,
  });
  return [
    first,
    ...(withoutEvents === null
      ? []
      : [
          {
            ...first,
            id: 'bare',
            label: { fr: 'La même sans les ajustements', en: 'The same without the adjustments' },
            before: null,
            savings: withoutEvents.savings,
            percent: withoutEvents.savingsPercent,
          },
        ]),
    ...(comparison?.group == null
      ? []
      : [
          {
            ...first,
            id: 'group',
            label: {
              fr: 'La même, groupe de comparaison déduit',
              en: 'The same, comparison group taken out',
            },
            before: withoutWorks(saving.actualKwh, comparison.group.savings),
            savings: comparison.group.savings,
            percent: comparison.group.savingsPercent,
          },
        ]),
    // The first year stands above already.
    ...years
      .slice(1)
      .map((one, index) =>
        period(`year${index}`, { fr: `Année ${index + 2}`, en: `Year ${index + 2}` }, one),
      ),
    ...(sinceWorks === null
      ? []
      : [period('since', { fr: 'Depuis les travaux', en: 'Since the works' }, sinceWorks)]),
    {
      id: 'normalised',
      label: { fr: 'Année type, normalisée', en: 'Typical year, normalised' },
      detail: '',
      before: normalised?.beforeKwh ?? null,
      after: normalised?.afterKwh ?? null,
      savings: normalised?.savings ?? null,
      percent: null,
    },
    ...(allCarriers === null
      ? []
      : [
          {
            id: 'carriers',
            label: { fr: 'Toutes les énergies', en: 'All energies' },
            detail: days(saving.reporting),
            before: withoutWorks(allCarriers.actualKwh, allCarriers.savings),
            after: read(allCarriers.actualKwh, allCarriers.savings),
            savings: allCarriers.savings,
            percent: allCarriers.savingsPercent,
          },
        ]),
  ];
};

const titles = {
  before: { fr: 'Sans les travaux', en: 'Without the works' },
  after: { fr: 'Relevé', en: 'Read' },
  savings: { fr: 'Économie', en: 'Saving' },
  percent: { fr: 'Part', en: 'Share' },
} as const satisfies Record<string, Text>;

/** The saving over each period it is asked for: a year, since the works, a typical year, every energy. */
export const PeriodsTable = ({ saving }: { readonly saving: Savings }) => {
  const t = useText();
  const language = useLanguage();
  const largest = Math.abs(saving.savings.value);
  const rows = rowsOf(saving, ({ from, to }) => `${formatDay(from, language)} – ${formatDay(to, language)}`);
  return (
    <div class="scroll">
      <table
        class="periods"
        aria-label={t({
          fr: 'Périodes avant, pendant et après les travaux',
          en: 'Periods before, during and after the works',
        })}
      >
        <thead>
          <tr>
            <th scope="col">{t({ fr: 'Période', en: 'Period' })}</th>
            {Object.values(titles).map((title) => (
              <th key={title.en} scope="col" class="number">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, detail, before, after, savings, percent }) => (
            <tr key={id}>
              <th scope="row">
                {t(label)}
                <small class="doubt">{detail}</small>
              </th>
              <td class="number">
                {id === 'bare' ? '—' : <Figure label={titles.before} quantity={before} />}
              </td>
              <td class="number">
                {id === 'normalised' ? (
                  <Figure label={titles.after} quantity={after} />
                ) : (
                  after !== null && formatValue(after, language)
                )}
              </td>
              <td class="number">
                <Figure label={titles.savings} quantity={savings} like={largest} />
              </td>
              <td class="number">
                {id === 'normalised' ? '—' : <Figure label={titles.percent} quantity={percent} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
