import type { Programme } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { formatNumber, formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { useNarrow } from '../narrow.ts';

const soFar: Text = { fr: 'Économie par an, tous travaux faits', en: 'Saving a year, all works so far' };

/** All amounts of the plan in thousands: figures side by side share one unit. */
export const useEuros = (): ((value: number) => string) => {
  const language = useLanguage();
  return (value) => `${formatNumber(Math.round(value / 1000), language)}\u00a0k€`;
};

/** The plan over its years: money as bars against their budgets, savings as dots with their band, both as a table. */
export const PlanYears = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const euros = useEuros();
  const { byYear = [] } = programme;
  if (byYear.length === 0)
    return (
      <p class="not-evaluated block">
        {t({
          fr: 'Ce programme vient d’une version antérieure : calculez-le de nouveau pour le lire année par année.',
          en: 'This programme comes from an earlier version: compute it again to read it year by year.',
        })}
      </p>
    );
  const carried = programme.request?.carryOver === true;
  let left = 0;
  const rows = byYear.map((one) => {
    const available = one.budgetEur + (carried ? left : 0);
    left = available - one.costEur;
    return { ...one, available, left };
  });
  return (
    <>
      <Bars rows={rows} euros={euros} />
      <IntervalPlot
        rows={byYear.map(({ year, savingKwh }) => ({ label: String(year), quantity: savingKwh }))}
        summary={t({
          fr: `Économie attendue par an à la fin de chaque année, de ${byYear[0]?.year ?? ''} à ${byYear.at(-1)?.year ?? ''}, avec l’intervalle à 90 %.`,
          en: `Saving a year expected at the end of each year, ${byYear[0]?.year ?? ''} to ${byYear.at(-1)?.year ?? ''}, with its 90 % interval.`,
        })}
      />
      <Folded summary={t({ fr: 'Les mêmes années en chiffres', en: 'The same years in figures' })}>
        {() => (
          <div class="scroll">
            <table aria-label={t({ fr: 'À la fin de chaque année', en: 'At the end of each year' })}>
              <thead>
                <tr>
                  <th scope="col">{t(words.year)}</th>
                  <th scope="col" class="number">
                    {t({ fr: 'Bâtiments', en: 'Buildings' })}
                  </th>
                  <th scope="col" class="number">
                    {carried ? t({ fr: 'Disponible', en: 'Available' }) : 'Budget'}
                  </th>
                  <th scope="col" class="number">
                    {t({ fr: 'Dépensé', en: 'Spent' })}
                  </th>
                  <th scope="col" class="number">
                    {carried
                      ? t({ fr: 'Reporté', en: 'Carried over' })
                      : t({ fr: 'Non employé', en: 'Unused' })}
                  </th>
                  <th scope="col" class="number">
                    {t(soFar)}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.year}>
                    <th scope="row">{one.year}</th>
                    <td class="number">{one.buildings}</td>
                    <td class="number">{euros(one.available)}</td>
                    <td class="number">{euros(one.costEur)}</td>
                    <td class="number">{euros(one.left)}</td>
                    <td class="number">
                      <Figure label={soFar} quantity={one.savingKwh} like={programme.savingKwh.value} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Folded>
      <Unspent rows={byYear} />
    </>
  );
};

/** Why the rest of the money of each year is not spent. */
const Unspent = ({ rows }: { readonly rows: NonNullable<Programme['byYear']> }) => {
  const t = useText();
  const told: { from: number; to: number; unspent: Text }[] = [];
  for (const { year, unspent } of rows) {
    const last = told.at(-1);
    if (!unspent) continue;
    // The same sentence year after year is said once.
    if (last !== undefined && last.unspent.fr === unspent.fr && last.to === year - 1) last.to = year;
    else told.push({ from: year, to: year, unspent });
  }
  if (told.length === 0) return null;
  return (
    <ul>
      {told.map(({ from, to, unspent }) => (
        <li key={from}>
          <strong>
            {from === to
              ? from
              : t({ fr: `Chaque année de ${from} à ${to}`, en: `Each year from ${from} to ${to}` })}
          </strong>
          {t({ fr: ' : ', en: ': ' })}
          {t(unspent)}
        </li>
      ))}
    </ul>
  );
};

type BarsProps = {
  readonly rows: readonly { readonly year: number; readonly available: number; readonly costEur: number }[];
  readonly euros: (value: number) => string;
};

/** Spent, filled, inside what the year has, outlined: costs are known to the euro, so they are bars. */
const Bars = ({ rows, euros }: BarsProps) => {
  const t = useText();
  const narrow = useNarrow();
  const width = narrow ? 290 : 640;
  const left = 50;
  const right = narrow ? 8 : 190;
  const rowHeight = 30;
  const most = Math.max(1, ...rows.map(({ available }) => available));
  const x = (value: number): number => (value / most) * (width - left - right);
  /** One outline of all years. */
  const outlines = (values: readonly number[]): string =>
    values
      .map((value, index) => `M${left} ${index * rowHeight + 7}h${x(value).toFixed(1)}v16H${left}z`)
      .join('');
  return (
    <figure class="plot">
      <svg
        viewBox={`0 0 ${width} ${rows.length * rowHeight}`}
        role="img"
        aria-label={rows
          .map(({ year, costEur, available }) =>
            t({
              fr: `${year} : ${euros(costEur)} sur ${euros(available)}`,
              en: `${year}: ${euros(costEur)} of ${euros(available)}`,
            }),
          )
          .join(' ; ')}
      >
        <path class="money" d={outlines(rows.map(({ costEur }) => costEur))} />
        <path class="budget" d={outlines(rows.map(({ available }) => available))} />
        {rows.map(({ year }, index) => (
          <text key={year} x={0} y={index * rowHeight + 20}>
            {year}
          </text>
        ))}
        {!narrow &&
          rows.map(({ year, costEur, available }, index) => (
            <text key={year} class="tick" x={left + x(available) + 8} y={index * rowHeight + 20}>
              {t({
                fr: `${euros(costEur)} sur ${euros(available)}`,
                en: `${euros(costEur)} of ${euros(available)}`,
              })}
            </text>
          ))}
      </svg>
    </figure>
  );
};

/** How sure the plan is to reach what it is for. */
export const Chances = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const language = useLanguage();
  const { target, chanceOf30Percent, gapPercent, withoutMeter = 0, chosen } = programme;
  const mwh = (kwh: number): string => `${formatNumber(kwh / 1000, language)}\u00a0MWh`;
  return (
    <ul>
      <li>
        {t({
          fr: `${formatPercent(chanceOf30Percent, 'fr')} de chances que les bâtiments choisis économisent 30 % ensemble.`,
          en: `A ${formatPercent(chanceOf30Percent, 'en')} chance that the buildings chosen save 30 % together.`,
        })}
      </li>
      {withoutMeter > 0 && (
        <li>
          {t({
            fr: `${withoutMeter === chosen.length ? 'Aucun de ces bâtiments n’a' : `${withoutMeter} de ces bâtiments n’ont pas`} de compteur relevé dans le parc : ce qu’ils prennent est une estimation par leur enveloppe, et les intervalles sont larges.`,
            en: `${withoutMeter === chosen.length ? 'None of these buildings has' : `${withoutMeter} of these buildings do not have`} a meter read in the stock: what they take is estimated from their envelope, and the intervals are wide.`,
          })}
        </li>
      )}
      {target !== null && (
        <li>
          {t({
            fr: `${formatPercent(target.chance, 'fr')} de chances d’économiser ${mwh(target.savingKwh)} par an ; le plan le plus sûr en aurait ${formatPercent(target.bestChance, 'fr')}, pour ${mwh(target.bestExpectedKwh)} attendus.`,
            en: `A ${formatPercent(target.chance, 'en')} chance of saving ${mwh(target.savingKwh)} a year; the surest plan would have ${formatPercent(target.bestChance, 'en')}, with ${mwh(target.bestExpectedKwh)} expected.`,
          })}
        </li>
      )}
      <li>
        {gapPercent < 0.005
          ? t({
              fr: 'Aucun autre plan ne fait mieux sous les mêmes contraintes : c’est prouvé.',
              en: 'No other plan does better under the same constraints: this is proven.',
            })
          : t({
              fr: `Aucun autre plan ne fait mieux de plus de ${formatNumber(gapPercent, 'fr')} % sous les mêmes contraintes (borne prouvée).`,
              en: `No other plan does better by more than ${formatNumber(gapPercent, 'en')} % under the same constraints (proven bound).`,
            })}
      </li>
    </ul>
  );
};
