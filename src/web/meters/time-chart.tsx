import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Language } from '../i18n.ts';
import { useLanguage, useText } from '../i18n.ts';
import 'uplot/dist/uPlot.min.css';
import { formatDigits } from '../format.ts';

/** A column of the chart; null draws nothing. */
export type ChartColumn = {
  readonly values: readonly (number | null)[];
  readonly kind: 'steps' | 'line' | 'dots' | 'rings';
  readonly ink: 'accent' | 'after' | 'quiet';
};

/** A stretch of time with a name: works, an event. */
export type ChartFlag = { readonly fromS: number; readonly toS: number; readonly label: string };

type TimeChartProps = {
  /** What the picture shows, in a sentence. */
  readonly label: string;
  /** Seconds since the epoch, ascending. */
  readonly xs: readonly number[];
  /** Indices that arrows stop at, ascending, where some points only end a step; every point unless said. */
  readonly stops?: readonly number[];
  readonly columns: readonly ChartColumn[];
  /** Between these two columns the soft band of an interval is drawn. */
  readonly band?: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] };
  readonly flags?: readonly ChartFlag[];
  readonly unit: string;
  readonly timezone: string;
  /** What a screen reader, or the line under the chart, says of the point at `index`. */
  readonly describe: (index: number) => string;
  /** A stretch chosen with the mouse, seconds. */
  readonly onZoom?: (fromS: number, toS: number) => void;
};

const height = 280;
const DAY_S = 86_400;

/** Colours as the theme in force gives them: a canvas knows no variables. */
const inksOf = (host: HTMLElement): ((name: string) => string) => {
  const probe = document.createElement('span');
  host.append(probe);
  const known = new Map<string, string>();
  for (const name of ['ink', 'quiet', 'rule', 'accent', 'after', 'paper']) {
    probe.style.color = `var(--${name})`;
    known.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => known.get(name) ?? 'currentColor';
};

/** Through which what lies behind is seen, whatever form the browser gives a colour in (chosen colours come with their own opacity). */
const faint = (colour: string): string => {
  const [red, green, blue] = colour.match(/\d+(?:\.\d+)?/g) ?? [];
  return `rgba(${red ?? 0}, ${green ?? 0}, ${blue ?? 0}, 0.14)`;
};

const tickText =
  (language: Language, timezone: string) =>
  (seconds: number, increment: number): string =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      timeZone: timezone,
      ...(increment >= 364 * DAY_S
        ? { year: 'numeric' }
        : increment >= 27 * DAY_S
          ? { month: 'short', year: '2-digit' }
          : increment >= DAY_S
            ? { day: 'numeric', month: 'short' }
            : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    }).format(new Date(seconds * 1000));

const seriesOf = ({ kind, ink }: ChartColumn, inks: (name: string) => string): uPlot.Series => {
  const stroke = inks(ink);
  if (kind === 'steps') return { stroke, width: 1.5, points: { show: false }, ...steps() };
  if (kind === 'line') return { stroke, width: 2, points: { show: false } };
  return kind === 'dots'
    ? { stroke, width: 0, paths: () => null, points: { show: true, size: 3, fill: stroke, width: 0 } }
    : { stroke, width: 0, paths: () => null, points: { show: true, size: 9, width: 2, fill: 'transparent' } };
};

const steps = (): Pick<uPlot.Series, 'paths'> => {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return stepped === undefined ? {} : { paths: stepped };
};

/** Works and events as shaded stretches with their name, direct on the picture. */
const drawFlags = (chart: uPlot, flags: readonly ChartFlag[], inks: (name: string) => string): void => {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const { fromS, toS, label } of flags) {
    const left = Math.max(bbox.left, chart.valToPos(fromS, 'x', true));
    const right = Math.min(bbox.left + bbox.width, Math.max(left + 2, chart.valToPos(toS, 'x', true)));
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    ctx.fillStyle = faint(inks('after'));
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.fillStyle = inks('after');
    ctx.font = `600 ${12 * devicePixelRatio}px system-ui, sans-serif`;
    const wide = ctx.measureText(label).width;
    // Where there is no room the sentence beside the picture says it.
    if (wide > bbox.width) continue;
    ctx.fillText(label, Math.min(left + 4, bbox.left + bbox.width - wide), bbox.top + 14 * devicePixelRatio);
  }
  ctx.restore();
};

/**
 * A picture over time that the keyboard reads point by point: it is a slider over its points, whose text is the point. Dragging
 * chooses a stretch. Its numbers stand in a table beside it.
 */
export const TimeChart = (props: TimeChartProps) => {
  const { label, xs, describe, columns, stops = [...xs.keys()] } = props;
  const t = useText();
  const language = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setDark(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    const box = host.current;
    if (box === null) return undefined;
    setAt(null);
    const drawn = drawChart(box, props, language, setAt);
    chart.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize({ width: box.clientWidth, height }));
    resized.observe(box);
    return () => {
      resized.disconnect();
      drawn.destroy();
    };
  }, [xs, columns, language, dark]);
  const last = stops.length - 1;
  const place =
    at === null
      ? null
      : Math.max(
          0,
          stops.findLastIndex((index) => index <= at),
        );
  const go = (to: number): void => {
    const one = stops[Math.min(last, Math.max(0, to))] ?? 0;
    setAt(one);
    const drawn = chart.current;
    drawn?.setCursor({ left: drawn.valToPos(xs[one] ?? 0, 'x'), top: height / 3 }, false);
  };
  const keys: Readonly<Record<string, (from: number) => number>> = {
    ArrowLeft: (from) => from - 1,
    ArrowRight: (from) => from + 1,
    ArrowDown: (from) => from - 1,
    ArrowUp: (from) => from + 1,
    PageDown: (from) => from - 10,
    PageUp: (from) => from + 10,
    Home: () => 0,
    End: () => last,
  };
  const said =
    at === null
      ? t({
          fr: 'Flèches : lire point par point. Glisser : agrandir une période.',
          en: 'Arrows: read point by point. Drag: enlarge a period.',
        })
      : describe(at);
  return (
    <div class="time-chart">
      <div
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={place ?? 0}
        aria-valuetext={said}
        onKeyDown={(event) => {
          const move = keys[event.key];
          if (move === undefined) return;
          event.preventDefault();
          go(place === null && !['Home', 'End'].includes(event.key) ? 0 : move(place ?? 0));
        }}
      />
      <p class="quiet readout">{said}</p>
    </div>
  );
};

const drawChart = (
  box: HTMLElement,
  { xs, columns, band, flags = [], unit, timezone, onZoom }: TimeChartProps,
  language: Language,
  onPoint: (index: number | null) => void,
): uPlot => {
  const inks = inksOf(box);
  const text = tickText(language, timezone);
  const axis: uPlot.Axis = {
    stroke: inks('quiet'),
    grid: { stroke: inks('rule'), width: 1 },
    ticks: { stroke: inks('rule'), width: 1 },
    font: '12px system-ui, sans-serif',
  };
  const hidden: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const options: uPlot.Options = {
    width: box.clientWidth,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timezone),
    legend: { show: false },
    cursor: { drag: { x: onZoom !== undefined, y: false, setScale: false }, y: false },
    scales: { x: { time: true } },
    axes: [
      {
        ...axis,
        values: (_chart, splits, _axis, _space, increment) => splits.map((at) => text(at, increment)),
        space: 80,
      },
      {
        ...axis,
        size: 62,
        values: (_chart, splits) => splits.map((value) => formatDigits(value, 4, language)),
        label: unit,
        labelSize: 18,
        labelFont: '12px system-ui, sans-serif',
      },
    ],
    series: [
      {},
      ...columns.map((column) => seriesOf(column, inks)),
      ...(band === undefined ? [] : [hidden, hidden]),
    ],
    ...(band === undefined
      ? {}
      : {
          bands: [
            {
              series: [columns.length + 2, columns.length + 1] as [number, number],
              fill: faint(inks('accent')),
            },
          ],
        }),
    hooks: {
      drawAxes: [(chart) => drawFlags(chart, flags, inks)],
      setCursor: [
        (chart) => {
          if (chart.cursor.event !== undefined) onPoint(chart.cursor.idx ?? null);
        },
      ],
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          if (width < 4 || onZoom === undefined) return;
          onZoom(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'));
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  const data = [
    [...xs],
    ...columns.map(({ values }) => [...values]),
    ...(band === undefined ? [] : [[...band.low], [...band.high]]),
  ] as uPlot.AlignedData;
  const chart = new uPlot(options, data, box);
  // The slider around it says each point; the canvas has nothing to say.
  chart.root.setAttribute('aria-hidden', 'true');
  return chart;
};
