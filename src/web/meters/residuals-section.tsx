import { useMemo } from 'preact/hooks';
import type { MeterAnalysis } from '../../client/names.ts';
import { formatDay, formatMonth, formatNumber } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { NumberHeads } from '../number-heads.tsx';
import { Lazy } from '../lazy.tsx';
import { loadTimeChart } from './load-chart.ts';
import type { ChartColumn, ChartFlag } from './time-chart.tsx';
import { Folded } from '../folded.tsx';

type Residuals = NonNullable<MeterAnalysis['residuals']>;

const DAY_S = 86_400;
/** Days of the running mean that shows a shift no single day does. */
const MEAN_DAYS = 30;

const dayS = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const dayText = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** Mean of the days up to a month back, where at least a third of them is known. */
const runningMean = (offset: readonly number[], values: readonly number[]): (number | null)[] => {
  let first = 0;
  let sum = 0;
  return values.map((value, index) => {
    sum += value;
    while ((offset[index] ?? 0) - (offset[first] ?? 0) >= MEAN_DAYS) sum -= values[first++] ?? 0;
    const count = index - first + 1;
    return count >= MEAN_DAYS / 3 ? sum / count : null;
  });
};

const gaps = ({ actualKwh, predictedKwh }: Residuals): number[] =>
  actualKwh.map((actual, index) => actual - (predictedKwh[index] ?? 0));

/** Share of the days inside their own 90 % interval: what the model promises of itself. */
const shareInside = ({ actualKwh, lowKwh, highKwh }: Residuals, from: number, to: number): number => {
  const inside = actualKwh.filter(
    (actual, index) =>
      index >= from && index < to && actual >= (lowKwh[index] ?? 0) && actual <= (highKwh[index] ?? 0),
  ).length;
  return inside / Math.max(1, to - from);
};

/** What one point is. */
const pointText = ({ days }: Residuals): { readonly many: Text; readonly each: Text; readonly one: Text } =>
  days === null
    ? {
        many: { fr: 'jours', en: 'days' },
        each: { fr: 'chaque jour', en: 'each day' },
        one: { fr: 'un jour', en: 'one day' },
      }
    : {
        many: { fr: 'factures', en: 'bills' },
        each: {
          fr: 'le jour moyen de chaque facture, à son début',
          en: 'the mean day of each bill, at its start',
        },
        one: { fr: 'une facture', en: 'one bill' },
      };

/** kWh of the days of each point, summed. */
const sumFrom = ({ days }: Residuals, values: readonly number[], from: number): number =>
  values.slice(from).reduce((sum, value, index) => sum + value * (days?.[from + index] ?? 1), 0);

const summaryOf = (residuals: Residuals): Text => {
  const { many } = pointText(residuals);
  const { baseline, offset, firstDay } = residuals;
  const after = offset.findIndex((days) => dayText(dayS(firstDay) + days * DAY_S) > baseline.to);
  const all = gaps(residuals);
  const model = {
    fr: `Modèle appris du ${formatDay(baseline.from, 'fr')} au ${formatDay(baseline.to, 'fr')}`,
    en: `Model learnt from ${formatDay(baseline.from, 'en')} to ${formatDay(baseline.to, 'en')}`,
  };
  const percent = (from: number, to: number): string =>
    String(Math.round(100 * shareInside(residuals, from, to)));
  if (after === -1 || after >= all.length)
    return {
      fr: `${model.fr} : ${percent(0, all.length)} % des ${many.fr} tombent dans l’intervalle à 90 %.`,
      en: `${model.en}: ${percent(0, all.length)} % of ${many.en} fall inside the 90 % interval.`,
    };
  const since = sumFrom(residuals, all, after);
  const expected = sumFrom(residuals, residuals.predictedKwh, after);
  const share = expected > 0 ? (100 * Math.abs(since)) / expected : 0;
  return {
    fr: `${model.fr}. Depuis, le compteur a pris ${formatNumber(Math.abs(since) / 1000, 'fr')} MWh de ${since < 0 ? 'moins' : 'plus'} que prévu (${formatNumber(share, 'fr')} %, différence brute) ; ${percent(after, all.length)} % des ${many.fr} tombent dans l’intervalle à 90 %.`,
    en: `${model.en}. Since then the meter took ${formatNumber(Math.abs(since) / 1000, 'en')} MWh ${since < 0 ? 'less' : 'more'} than predicted (${formatNumber(share, 'en')} %, plain difference); ${percent(after, all.length)} % of ${many.en} fall inside the 90 % interval.`,
  };
};

/** Each day less what the model expected of its weather: a shift, a drift, works and events show here first. */
export const ResidualsSection = ({
  residuals,
  works,
}: {
  readonly residuals: Residuals;
  readonly works: MeterAnalysis['works'];
}) => {
  const t = useText();
  const language = useLanguage();
  const start = dayS(residuals.firstDay);
  const { xs, columns, band } = useMemo(() => {
    const all = gaps(residuals);
    const drawn: ChartColumn[] = [
      { values: all, kind: 'dots', ink: 'quiet' },
      // Bills have no month of days to take the mean of.
      ...(residuals.days === null
        ? [{ values: runningMean(residuals.offset, all), kind: 'line', ink: 'accent' } as const]
        : []),
    ];
    return {
      xs: residuals.offset.map((days) => start + days * DAY_S),
      columns: drawn,
      band: {
        low: residuals.lowKwh.map((low, index) => low - (residuals.predictedKwh[index] ?? 0)),
        high: residuals.highKwh.map((high, index) => high - (residuals.predictedKwh[index] ?? 0)),
      },
    };
  }, [residuals]);
  const flags: ChartFlag[] = works.map(({ from, to, name }) => ({
    fromS: dayS(from),
    toS: dayS(to) + DAY_S,
    label: t(name),
  }));
  const summary = t(summaryOf(residuals));
  const told = pointText(residuals);
  const describe = (index: number): string => {
    const day = formatDay(dayText(xs[index] ?? 0), language);
    const [actual, predicted] = [residuals.actualKwh[index] ?? 0, residuals.predictedKwh[index] ?? 0];
    return t({
      fr: `${day} : ${formatNumber(actual, 'fr')} kWh relevés, ${formatNumber(predicted, 'fr')} attendus (${formatNumber(residuals.lowKwh[index] ?? 0, 'fr')}–${formatNumber(residuals.highKwh[index] ?? 0, 'fr')})`,
      en: `${day}: ${formatNumber(actual, 'en')} kWh read, ${formatNumber(predicted, 'en')} expected (${formatNumber(residuals.lowKwh[index] ?? 0, 'en')}–${formatNumber(residuals.highKwh[index] ?? 0, 'en')})`,
    });
  };
  return (
    <section aria-labelledby="residuals">
      <h2 id="residuals">{t({ fr: 'Les écarts au modèle', en: 'The gaps to the model' })}</h2>
      <p>{summary}</p>
      {works.length > 0 && (
        <p class="quiet">
          {t({ fr: 'Travaux :', en: 'Works:' })}{' '}
          {works
            .map(
              ({ from, to, name }) => `${t(name)}, ${formatDay(from, language)} – ${formatDay(to, language)}`,
            )
            .join(' ; ')}
          .
        </p>
      )}
      <figure class="plot wide">
        <Lazy
          load={loadTimeChart}
          label={t({
            fr: `Écarts au modèle, ${told.each.fr}. ${summary}`,
            en: `Gaps to the model, ${told.each.en}. ${summary}`,
          })}
          xs={xs}
          columns={columns}
          band={band}
          flags={flags}
          unit={t({ fr: 'kWh par jour, relevé moins attendu', en: 'kWh a day, read less expected' })}
          timezone="UTC"
          describe={describe}
        />
        <figcaption>
          {t({
            fr: `Points : ${told.each.fr}.${residuals.days === null ? ` Ligne : moyenne des ${MEAN_DAYS} derniers jours.` : ''} Bande : intervalle à 90 % pour ${told.one.fr}.`,
            en: `Dots: ${told.each.en}.${residuals.days === null ? ` Line: mean of the last ${MEAN_DAYS} days.` : ''} Band: 90 % interval of ${told.one.en}.`,
          })}
        </figcaption>
        <ResidualTable residuals={residuals} start={start} />
      </figure>
    </section>
  );
};

/** Months in figures: a thousand days are not read one by one. */
const ResidualTable = ({ residuals, start }: { readonly residuals: Residuals; readonly start: number }) => {
  const t = useText();
  const language = useLanguage();
  const months = (): [string, number[]][] => [
    ...Map.groupBy(residuals.offset.keys(), (index) =>
      dayText(start + (residuals.offset[index] ?? 0) * DAY_S).slice(0, 7),
    ),
  ];
  const daysAt = (index: number): number => residuals.days?.[index] ?? 1;
  const sum = (column: readonly number[], of: readonly number[]): number =>
    of.reduce((total, index) => total + (column[index] ?? 0) * daysAt(index), 0);
  return (
    <Folded summary={t(words.table)}>
      {() => (
        <table aria-label={t({ fr: 'Écarts entre relevé et modèle', en: 'Gaps between readings and model' })}>
          <NumberHeads
            of={
              residuals.days === null
                ? { fr: 'Mois', en: 'Month' }
                : { fr: 'Factures commencées en', en: 'Bills begun in' }
            }
            columns={[
              { fr: 'Jours', en: 'Days' },
              { fr: 'Relevé, kWh', en: 'Read, kWh' },
              { fr: 'Attendu, kWh', en: 'Expected, kWh' },
            ]}
          />
          <tbody>
            {months().map(([month, of]) => (
              <tr key={month}>
                <th scope="row">{formatMonth(month, language)}</th>
                <td class="number">{of.reduce((total, index) => total + daysAt(index), 0)}</td>
                <td class="number">{formatNumber(sum(residuals.actualKwh, of), language)}</td>
                <td class="number">{formatNumber(sum(residuals.predictedKwh, of), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Folded>
  );
};
