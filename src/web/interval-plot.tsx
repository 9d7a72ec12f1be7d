import type { Quantity } from '../client/names.ts';
import { axisScale, formatNumber, formatQuantity } from './format.ts';
import { useLanguage } from './i18n.ts';
import { useNarrow } from './narrow.ts';

type IntervalRow = {
  readonly label: string;
  readonly quantity: Quantity;
  readonly ghost?: Quantity | null;
};

/** On a phone the drawing keeps its own size, and the label stands above its band. */
const wide = { width: 640, rowHeight: 34, labelWidth: 210, labelRise: -5 };
const narrow = { width: 290, rowHeight: 48, labelWidth: 8, labelRise: 13 };

/** Room that the longest label takes, at about 7.4 to a letter; at most half of the drawing. */
const labelRoom = (rows: readonly IntervalRow[]): number =>
  Math.min(
    wide.width / 2,
    Math.max(wide.labelWidth, 7.4 * Math.max(0, ...rows.map(({ label }) => label.length))),
  );

const niceStep = (span: number): number => {
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
};

/**
 * A dot with a soft band for each figure, on one axis from zero: overlaps are seen, no bar lies about its end.
 * `ghost` is the figure before the meter spoke, drawn as a thin line.
 */
export const IntervalPlot = ({
  rows,
  summary,
}: {
  readonly rows: readonly IntervalRow[];
  readonly summary: string;
}) => {
  const language = useLanguage();
  const { width, rowHeight, labelWidth, labelRise } = useNarrow()
    ? narrow
    : { ...wide, labelWidth: labelRoom(rows) };
  const highest = Math.max(
    ...rows.map(({ quantity, ghost }) => Math.max(quantity.high, ghost?.high ?? 0)),
    1e-9,
  );
  const lowest = Math.min(0, ...rows.map(({ quantity }) => quantity.low));
  const plotWidth = width - labelWidth - 20;
  const x = (value: number): number => labelWidth + ((value - lowest) / (highest - lowest)) * plotWidth;
  const step = niceStep(highest - lowest);
  const first = Math.ceil(lowest / step);
  const ticks = Array.from(
    { length: Math.floor(highest / step) - first + 1 },
    (_, index) => (first + index) * step,
  );
  const height = rows.length * rowHeight + 34;
  const told = ({ label, quantity }: IntervalRow): string =>
    `${label}${language === 'fr' ? '\u00a0:' : ':'} ${formatQuantity(quantity, language)}`;
  // A picture hides what is written in it from those who hear the page: its figures are in its name.
  const read = `${rows.map(told).join(language === 'fr' ? '\u202f; ' : '; ')}.`;
  const axis = axisScale(Math.max(highest, -lowest), rows[0]?.quantity.unit ?? '');
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${summary} ${read}`}>
        <path class="grid" d={ticks.map((tick) => `M${x(tick)} 4V${height - 26}`).join('')} />
        {rows.map(({ label, quantity, ghost }, index) => {
          const y = index * rowHeight + (labelRise > 0 ? 32 : 20);
          return (
            <g key={label}>
              <text x={0} y={y - labelRise}>
                {label}
              </text>
              {ghost && (
                <path class="ghost" d={`M${x(Math.max(lowest, ghost.low))} ${y + 10}H${x(ghost.high)}`} />
              )}
              <path class="band" d={`M${x(Math.max(lowest, quantity.low))} ${y}H${x(quantity.high)}`} />
              <path class="dot" d={`M${x(quantity.value)} ${y}h0`} />
              <title>{told({ label, quantity })}</title>
            </g>
          );
        })}
        {ticks.map((tick) => (
          <text key={tick} class="tick" x={x(tick)} y={height - 8} text-anchor="middle">
            {formatNumber(tick * axis.factor, language)}
          </text>
        ))}
        <text
          class="tick"
          x={labelRise > 0 ? width : 0}
          y={labelRise > 0 ? height - 28 : height - 8}
          text-anchor={labelRise > 0 ? 'end' : 'start'}
        >
          {axis.unit}
        </text>
      </svg>
    </figure>
  );
};
