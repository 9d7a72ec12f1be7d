import type { Signature } from '../client/names.ts';
import { formatCount, formatDay, formatMonth, formatNumber } from './format.ts';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { useNarrow } from './narrow.ts';
import { Folded } from './folded.tsx';

/** On a phone the drawing keeps its own size, so that its words stay readable. */
const wide = { width: 720, height: 400, left: 64 };
const narrow = { width: 320, height: 300, left: 50 };
const bottom = 44;
const top = 16;

type Scale = (value: number) => number;

const dots = (points: Signature['points'], period: string, x: Scale, y: Scale): string =>
  points
    .filter((point) => point.period === period)
    .map((point) => `M${x(point.outdoorC).toFixed(1)} ${y(point.energyKwh).toFixed(1)}h0`)
    .join('');

/** A bill is no day: a line over the temperatures its days had, and a dot at their mean. */
const bars = (bills: Signature['bills'], period: string, x: Scale, y: Scale): string =>
  bills
    .filter((bill) => bill.period === period)
    .map((bill) => `M${x(bill.coldC).toFixed(1)} ${y(bill.kwhPerDay).toFixed(1)}H${x(bill.warmC).toFixed(1)}`)
    .join('');

const meansOf = (bills: Signature['bills']): Signature['points'] =>
  bills.map(({ from, outdoorC, kwhPerDay, period }) => ({
    day: from,
    outdoorC,
    energyKwh: kwhPerDay,
    period,
  }));

const line = (points: readonly { outdoorC: number; energyKwh: number }[], x: Scale, y: Scale): string =>
  points
    .map(
      (point, index) =>
        `${index === 0 ? 'M' : 'L'}${x(point.outdoorC).toFixed(1)} ${y(point.energyKwh).toFixed(1)}`,
    )
    .join('');

const band = (points: Signature['curves'][number]['points'], x: Scale, y: Scale): string => {
  const high = points.map((point) => `${x(point.outdoorC).toFixed(1)} ${y(point.highKwh).toFixed(1)}`);
  const low = points
    .toReversed()
    .map((point) => `${x(point.outdoorC).toFixed(1)} ${y(Math.max(0, point.lowKwh)).toFixed(1)}`);
  return points.length === 0 ? '' : `M${[...high, ...low].join('L')}Z`;
};

/**
 * The signature picture of the project: each day a point, consumption against outdoor temperature, the fit with its
 * interval, the balance point marked, before and after in two inks. A thousand days are one path, hence one element. Bills are lines
 * over the temperatures of their days.
 */
export const SignatureChart = ({ signature }: { readonly signature: Signature }) => {
  const t = useText();
  const language = useLanguage();
  const { width, height, left } = useNarrow() ? narrow : wide;
  const { bills } = signature;
  const means = meansOf(bills);
  const temperatures = [
    ...signature.points.map((point) => point.outdoorC),
    ...bills.flatMap(({ coldC, warmC }) => [coldC, warmC]),
  ];
  const coldest = Math.min(...temperatures);
  const warmest = Math.max(...temperatures);
  const lowest = Math.floor(coldest / 5) * 5;
  const highest = Math.ceil(warmest / 5) * 5;
  const tallest =
    1.05 *
    Math.max(
      ...[...signature.points, ...means].map((point) => point.energyKwh),
      ...signature.curves.flatMap((curve) =>
        curve.points.filter(({ outdoorC }) => outdoorC >= coldest).map(({ highKwh }) => highKwh),
      ),
    );
  const x: Scale = (value) => left + ((value - lowest) / (highest - lowest)) * (width - left - 16);
  const y: Scale = (value) => height - bottom - (value / tallest) * (height - bottom - top);
  const step = 10 ** Math.floor(Math.log10(tallest / 2));
  const yStep = tallest / step > 6 ? step * 2 : step;
  const yTicks = Array.from({ length: Math.floor(tallest / yStep) + 1 }, (_, index) => index * yStep);
  const xTicks = Array.from({ length: (highest - lowest) / 5 + 1 }, (_, index) => lowest + index * 5);
  const curveOf = (period: 'before' | 'after') => {
    const curve = signature.curves.find((one) => one.period === period);
    const inside = curve?.points.filter(({ outdoorC }) => outdoorC >= coldest && outdoorC <= warmest);
    return curve === undefined || inside === undefined ? undefined : { ...curve, points: inside };
  };
  const before = curveOf('before');
  const after = curveOf('after');
  const shown = shownText(signature);
  const summary = t({
    fr: `${shown.fr}${
      before === undefined
        ? ''
        : ` Le chauffage démarre sous ${formatNumber(before.balancePointC, language)} °C et prend ${formatNumber(before.slopeKwhKDay, language)} kWh par jour et par degré.`
    }`,
    en: `${shown.en}${
      before === undefined
        ? ''
        : ` Heating starts below ${formatNumber(before.balancePointC, language)} °C and takes ${formatNumber(before.slopeKwhKDay, language)} kWh a day per degree.`
    }`,
  });
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
        <path class="grid" d={yTicks.map((tick) => `M${left} ${y(tick)}H${width - 16}`).join('')} />
        {yTicks.map((tick) => (
          <text key={`y${tick}`} class="tick" x={left - 8} y={y(tick) + 4} text-anchor="end">
            {formatNumber(tick, language)}
          </text>
        ))}
        {xTicks.map((tick) => (
          <text key={`x${tick}`} class="tick" x={x(tick)} y={height - bottom + 18} text-anchor="middle">
            {formatNumber(tick, language)}
          </text>
        ))}
        <text class="tick" x={width - 16} y={height - 6} text-anchor="end">
          {t({ fr: 'température extérieure, °C', en: 'outdoor temperature, °C' })}
        </text>
        <text class="tick" x={4} y={12}>
          {t({ fr: 'kWh par jour', en: 'kWh a day' })}
        </text>
        {before && <path class="fit-band" d={band(before.points, x, y)} />}
        {after && <path class="fit-band after" d={band(after.points, x, y)} />}
        {(['before', 'works', 'after'] as const).map((period) => (
          <g key={period}>
            <path class={`days ${period}`} d={dots(signature.points, period, x, y)} />
            {bills.length > 0 && (
              <>
                <path class={`bills ${period}`} d={bars(bills, period, x, y)} />
                <path class={`days bill ${period}`} d={dots(means, period, x, y)} />
              </>
            )}
          </g>
        ))}
        {before && <path class="fit" d={line(before.points, x, y)} />}
        {after && <path class="fit after" d={line(after.points, x, y)} />}
        {before && (
          <g>
            <path class="mark" d={`M${x(before.balancePointC)} ${top}V${height - bottom}`} />
            <text class="label" x={x(before.balancePointC) + 6} y={top + 12}>
              {t({
                fr: `équilibre ${formatNumber(before.balancePointC, language)} °C`,
                en: `balance point ${formatNumber(before.balancePointC, language)} °C`,
              })}
            </text>
          </g>
        )}
        {before?.points[0] && (
          <text
            class="label ink-before"
            x={x(before.points[0].outdoorC) + 6}
            y={y(before.points[0].energyKwh) - 8}
          >
            {t({ fr: 'avant', en: 'before' })}
          </text>
        )}
        {after?.points[0] && (
          <text
            class="label ink-after"
            x={x(after.points[0].outdoorC) + 6}
            y={y(after.points[0].energyKwh) + 18}
          >
            {t({ fr: 'après', en: 'after' })}
          </text>
        )}
      </svg>
      <figcaption>
        {summary}
        {bills.length > 0 && ` ${t(howToRead)}`}
      </figcaption>
      {bills.length > 0 && <BillTable bills={bills} />}
      {signature.points.length > 0 && <MonthTable signature={signature} />}
    </figure>
  );
};

const howToRead = {
  fr: 'Chaque trait est une facture : la consommation de son jour moyen, sur les températures qu’ont eues ses jours ; le point est à leur moyenne.',
  en: 'Each line is a bill: the consumption of its mean day, over the temperatures its days had; the dot is at their mean.',
};

/** What is drawn, counted. */
const shownText = ({ points, bills }: Signature): Text => {
  const days = {
    fr: `${formatCount(points.length, 'fr')} jours`,
    en: `${formatCount(points.length, 'en')} days`,
  };
  const billed = { fr: `${bills.length} factures`, en: `${bills.length} bills` };
  if (bills.length === 0)
    return {
      fr: `Consommation quotidienne selon la température extérieure, ${days.fr}.`,
      en: `Daily consumption against outdoor temperature, ${days.en}.`,
    };
  return {
    fr: `Consommation selon la température extérieure, ${points.length === 0 ? billed.fr : `${billed.fr} et ${days.fr}`}.`,
    en: `Consumption against outdoor temperature, ${points.length === 0 ? billed.en : `${billed.en} and ${days.en}`}.`,
  };
};

/** The bills one by one, those that settle estimated ones marked. */
const BillTable = ({ bills }: { readonly bills: Signature['bills'] }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <Folded summary={t({ fr: 'Les factures une à une', en: 'The bills one by one' })}>
      {() => (
        <div class="scroll">
          <table aria-label={t({ fr: 'Les factures', en: 'The bills' })}>
            <thead>
              <tr>
                <th scope="col">{t({ fr: 'Période', en: 'Period' })}</th>
                <th scope="col">{t({ fr: '°C moyen', en: 'Mean °C' })}</th>
                <th scope="col">kWh</th>
                <th scope="col">{t({ fr: 'kWh par jour', en: 'kWh a day' })}</th>
                <th scope="col">{t({ fr: 'Lecture', en: 'Reading' })}</th>
              </tr>
            </thead>
            <tbody>
              {bills.map((bill) => (
                <tr key={bill.from}>
                  <th scope="row">
                    {formatDay(bill.from, language)} – {formatDay(bill.to, language)}
                  </th>
                  <td>{formatNumber(bill.outdoorC, language)}</td>
                  <td>{formatNumber(bill.energyKwh, language)}</td>
                  <td>{formatNumber(bill.kwhPerDay, language)}</td>
                  <td>
                    {bill.estimated
                      ? t({ fr: 'estimée puis relevée', en: 'estimated, then read' })
                      : t({ fr: 'relevée', en: 'read' })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Folded>
  );
};

/** The points in words: monthly totals, since a thousand days are not read one by one. */
const MonthTable = ({ signature }: { readonly signature: Signature }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <Folded summary={t(words.table)}>
      {() => (
        <table aria-label={t({ fr: 'Consommation de chaque mois', en: 'Consumption of each month' })}>
          <thead>
            <tr>
              <th scope="col">{t({ fr: 'Mois', en: 'Month' })}</th>
              <th scope="col">{t({ fr: 'Jours', en: 'Days' })}</th>
              <th scope="col">{t({ fr: '°C moyen', en: 'Mean °C' })}</th>
              <th scope="col">kWh</th>
            </tr>
          </thead>
          <tbody>
            {[...Map.groupBy(signature.points, (point) => point.day.slice(0, 7))].map(([month, points]) => (
              <tr key={month}>
                <th scope="row">{formatMonth(month, language)}</th>
                <td>{points.length}</td>
                <td>{formatNumber(mean(points.map((point) => point.outdoorC)), language)}</td>
                <td>{formatNumber(sum(points.map((point) => point.energyKwh)), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Folded>
  );
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
