import { useState } from 'preact/hooks';
import type { EventView, Savings } from '../../client/names.ts';
import { Folded } from '../folded.tsx';
import {
  axisScale,
  formatInterval,
  formatMonth,
  formatNumber,
  formatQuantity,
  formatValue,
} from '../format.ts';
import { useLanguage, useText } from '../i18n.ts';
import { NumberHeads } from '../number-heads.tsx';
import { useNarrow } from '../narrow.ts';

type Month = Savings['months'][number];
type Point = { readonly value: number; readonly low: number; readonly high: number };

const wide = { width: 720, height: 300, left: 52, right: 110 };
const narrow = { width: 300, height: 230, left: 40, right: 14 };
const top = 22;
const bottom = 34;

/** What the month would have taken without the works: what was read and what was saved. */
export const counterfactualOf = ({ actualKwh, savings }: Month): Point => ({
  value: actualKwh + savings.value,
  low: actualKwh + savings.low,
  high: actualKwh + savings.high,
});

const tickStep = (span: number): number => {
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
};

/** Where months and kWh lie on a drawing. */
const useFrame = (months: readonly Month[], lowest: number, highest: number) => {
  const isNarrow = useNarrow();
  const { width, height, left, right } = isNarrow ? narrow : wide;
  const x = (index: number): number =>
    left + ((index + 0.5) / Math.max(1, months.length)) * (width - left - right);
  const y = (value: number): number =>
    height - bottom - ((value - lowest) / (highest - lowest || 1)) * (height - bottom - top);
  const step = tickStep(highest - lowest || 1);
  const ticks: number[] = [];
  for (let tick = Math.ceil(lowest / step) * step; tick <= highest; tick += step) ticks.push(tick);
  // As many names of months as there is room for.
  const every = Math.max(1, Math.ceil(months.length / (isNarrow ? 4 : 9)));
  return { isNarrow, width, height, left, right, x, y, ticks, every };
};

type Frame = ReturnType<typeof useFrame>;

const pathOf = (values: readonly number[], { x, y }: Frame): string =>
  values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');

const bandOf = (points: readonly Point[], { x, y }: Frame): string => {
  const at = (index: number, value: number): string => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
  const high = points.map((point, index) => at(index, point.high));
  const low = points.map((point, index) => at(index, point.low)).toReversed();
  return `M${[...high, ...low].join('L')}Z`;
};

const Axes = ({
  frame,
  months,
  largest,
}: {
  readonly frame: Frame;
  readonly months: readonly Month[];
  readonly largest: number;
}) => {
  const language = useLanguage();
  const { factor, unit } = axisScale(largest, 'kWh');
  const { left, width, right, height, x, y, ticks, every } = frame;
  return (
    <>
      <path
        class="grid"
        d={ticks.map((tick) => `M${left} ${y(tick).toFixed(1)}H${width - right}`).join('')}
      />
      {ticks.map((tick) => (
        <text key={tick} class="tick" x={left - 6} y={y(tick) + 4} text-anchor="end">
          {formatNumber(tick * factor, language)}
        </text>
      ))}
      <text class="tick" x={0} y={12}>
        {unit}
      </text>
      {months.map(({ from }, index) =>
        index % every === 0 ? (
          <text key={from} class="tick" x={x(index)} y={height - 12} text-anchor="middle">
            {formatMonth(from, language, 'short')}
          </text>
        ) : null,
      )}
    </>
  );
};

/** Months that events touch, as a mark on the time axis. */
const eventMarks = (months: readonly Month[], events: readonly EventView[], { x, height }: Frame): string =>
  months
    .map(({ from, to }, index) =>
      events.some((event) => event.state !== 'refused' && event.from <= to && event.to >= from)
        ? `M${(x(index) - 5).toFixed(1)} ${height - bottom}h10v-6h-10z`
        : '',
    )
    .join('');

type ChartsProps = { readonly saving: Savings; readonly events: readonly EventView[] };

/** Month by month with and without the works, and what that makes in all; a slider reads both, a table says the same. */
export const MonthsCharts = ({ saving, events }: ChartsProps) => {
  const t = useText();
  const { months } = saving;
  const [read, setRead] = useState(months.length - 1);
  const without = months.map(counterfactualOf);
  const largest = Math.max(
    1,
    ...without.map(({ high }) => high),
    ...months.map(({ actualKwh }) => actualKwh),
  );
  const lowest = Math.min(0, ...without.map(({ low }) => low));
  const frame = useFrame(months, lowest, largest);
  const cumulated = months.flatMap(({ cumulated: sum }) => sum ?? []);
  const month = months[Math.min(read, months.length - 1)];
  if (month === undefined) return null;
  const sum = month.cumulated;
  const { from } = month;
  const point = counterfactualOf(month);
  const figure = { ...month.savings, ...point };
  const readings = { ...figure, value: month.actualKwh, low: month.actualKwh, high: month.actualKwh };
  const spoken = t({
    fr: `${formatMonth(from, 'fr')} : sans les travaux ${formatQuantity(figure, 'fr')}, relevé ${formatValue(readings, 'fr')}${sum === null ? '' : `, économisé depuis les travaux ${formatQuantity(sum, 'fr')}`}.`,
    en: `${formatMonth(from, 'en')}: ${formatQuantity(figure, 'en')} without the works, ${formatValue(readings, 'en')} read${sum === null ? '' : `, ${formatQuantity(sum, 'en')} saved since the works`}.`,
  });
  const summary = t({
    fr: `Consommation de chaque mois après les travaux : relevée, et telle qu’elle aurait été sans eux avec son intervalle à 90 %, ${months.length} mois de ${formatMonth(months[0]?.from ?? from, 'fr')} à ${formatMonth(months.at(-1)?.from ?? from, 'fr')}.`,
    en: `Consumption of each month after the works: as read, and as it would have been without them with its 90 % interval, ${months.length} months from ${formatMonth(months[0]?.from ?? from, 'en')} to ${formatMonth(months.at(-1)?.from ?? from, 'en')}.`,
  });
  const last = months.length - 1;
  const marks = eventMarks(months, events, frame);
  const cursor = `M${frame.x(read).toFixed(1)} ${top}V${frame.height - bottom}`;
  const lastY = frame.y(without[last]?.value ?? 0);
  const lastReadY = frame.y(months[last]?.actualKwh ?? 0);
  const apart = lastReadY - lastY < 16 ? 8 - (lastReadY - lastY) / 2 : 0;
  return (
    <figure class="plot months">
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={summary}>
        <Axes frame={frame} months={months} largest={largest} />
        <path class="fit-band" d={bandOf(without, frame)} />
        <path
          class="fit"
          d={pathOf(
            without.map(({ value }) => value),
            frame,
          )}
        />
        <path
          class="fit after"
          d={pathOf(
            months.map(({ actualKwh }) => actualKwh),
            frame,
          )}
        />
        {marks !== '' && <path class="event-mark" d={marks} />}
        <path class="mark" d={cursor} />
        {frame.isNarrow ? (
          <text class="label" x={frame.width} y={12} text-anchor="end">
            <tspan class="ink-before">{t({ fr: 'sans', en: 'without' })}</tspan>
            {' / '}
            <tspan class="ink-after">{t({ fr: 'relevé', en: 'read' })}</tspan>
          </text>
        ) : (
          <>
            <text class="label ink-before" x={frame.x(last) + 8} y={lastY - apart + 4}>
              {t({ fr: 'sans les travaux', en: 'without works' })}
            </text>
            <text class="label ink-after" x={frame.x(last) + 8} y={lastReadY + apart + 4}>
              {t({ fr: 'relevé', en: 'read' })}
            </text>
          </>
        )}
      </svg>
      {cumulated.length === months.length && <Cumulated months={months} sums={cumulated} read={read} />}
      <p class="print-hidden">
        <label class="labelled">
          {t({ fr: 'Lire un mois', en: 'Read a month' })}
          <input
            type="range"
            min={0}
            max={last}
            step={1}
            value={read}
            aria-valuetext={spoken}
            onInput={(event) => setRead(Number(event.currentTarget.value))}
          />
        </label>
      </p>
      <figcaption>{spoken}</figcaption>
      <MonthTable months={months} />
    </figure>
  );
};

type CumulatedProps = {
  readonly months: readonly Month[];
  readonly sums: readonly NonNullable<Month['cumulated']>[];
  readonly read: number;
};

const Cumulated = ({ months, sums, read }: CumulatedProps) => {
  const t = useText();
  const language = useLanguage();
  const largest = Math.max(1, ...sums.map(({ high }) => high));
  const frame = useFrame(months, Math.min(0, ...sums.map(({ low }) => low)), largest);
  const end = sums.at(-1);
  if (end === undefined) return null;
  const name = t({ fr: 'économisé depuis les travaux', en: 'saved since the works' });
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={`${name} : ${formatQuantity(end, language)}`}
    >
      <Axes frame={frame} months={months} largest={largest} />
      <path class="zero" d={`M${frame.left} ${frame.y(0).toFixed(1)}H${frame.width - frame.right}`} />
      <path class="fit-band" d={bandOf(sums, frame)} />
      <path
        class="fit"
        d={pathOf(
          sums.map(({ value }) => value),
          frame,
        )}
      />
      <path class="mark" d={`M${frame.x(read).toFixed(1)} ${top}V${frame.height - bottom}`} />
      <text class="label ink-before" x={frame.left + 8} y={top}>
        {name}
      </text>
      {!frame.isNarrow && (
        <text class="label ink-before" x={frame.x(months.length - 1) + 8} y={frame.y(end.value) + 4}>
          {formatValue(end, language)}
        </text>
      )}
    </svg>
  );
};

/** The same in words. */
const MonthTable = ({ months }: { readonly months: readonly Month[] }) => {
  const t = useText();
  const language = useLanguage();
  const largest = Math.max(...months.map((month) => counterfactualOf(month).value));
  const show = (month: Month, point: Point, interval: boolean): string => {
    const figure = { ...month.savings, ...point };
    const value = formatValue(figure, language, largest);
    return interval ? `${value} (${formatInterval(figure, language, largest)})` : value;
  };
  return (
    <Folded summary={t({ fr: 'Lire le tableau des mois', en: 'Read the table of months' })}>
      {() => (
        <div class="scroll">
          <table aria-label={t({ fr: 'Mois après les travaux', en: 'Months after the works' })}>
            <NumberHeads
              of={{ fr: 'Mois', en: 'Month' }}
              columns={[
                { fr: 'Jours lus', en: 'Days read' },
                { fr: 'Sans les travaux', en: 'Without the works' },
                { fr: 'Relevé', en: 'Read' },
                { fr: 'Économie', en: 'Saving' },
              ]}
            />
            <tbody>
              {months.map((month) => (
                <tr key={month.from}>
                  <th scope="row">{formatMonth(month.from, language)}</th>
                  <td class="number">{month.validDays}</td>
                  <td class="number">{show(month, counterfactualOf(month), true)}</td>
                  <td class="number">
                    {show(
                      month,
                      { value: month.actualKwh, low: month.actualKwh, high: month.actualKwh },
                      false,
                    )}
                  </td>
                  <td class="number">{show(month, month.savings, true)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Folded>
  );
};
