import { useMemo } from 'preact/hooks';
import type { BuildingMeters, MeterSeries } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { formatNumber } from '../format.ts';
import { type Language, type Text, useLanguage, useText, words } from '../i18n.ts';
import { Lazy } from '../lazy.tsx';
import { Pending } from '../pending.tsx';
import { type Days, daysAsked, metersHref } from '../router.ts';
import { loadTimeChart } from './load-chart.ts';
import type { ChartColumn } from './time-chart.tsx';
import { markText } from './words.ts';
import { earlier, later, localDayOf, narrower, wider, type Window, windowOf } from './zoom.ts';
import { Folded } from '../folded.tsx';

type Meter = BuildingMeters['meters'][number];

type SectionProps = { readonly meter: Meter; readonly buildingId: string } & Days;

/** As many as a wide screen has room to tell apart. */
const POINTS = 600;

const stepText: Readonly<Record<MeterSeries['step'], Text>> = {
  reading: { fr: 'un par un', en: 'one by one' },
  hour: { fr: 'par heure', en: 'by hour' },
  day: { fr: 'par jour', en: 'by day' },
  week: { fr: 'par semaine', en: 'by week' },
  month: { fr: 'par mois', en: 'by month' },
  year: { fr: 'par an', en: 'by year' },
};

const DAY_MS = 86_400_000;

/** Consumption is told per day where a point covers one or more, else as power. */
const isDaily = ({ startMs, endMs }: MeterSeries): boolean => {
  const middle = Math.floor(startMs.length / 2);
  return (endMs[middle] ?? 0) - (startMs[middle] ?? 0) > 0.8 * DAY_MS;
};

const instantText = (ms: number, series: MeterSeries, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: series.timezone,
    dateStyle: 'medium',
    ...(isDaily(series) ? {} : { timeStyle: 'short' as const }),
  }).format(new Date(ms));

const marksAt = (series: MeterSeries, index: number): Text[] =>
  series.marks.flatMap(({ code, at }) =>
    at.includes(index) ? [markText[code] ?? { fr: code, en: code }] : [],
  );

/** One point in words. */
const pointText = (series: MeterSeries, index: number, language: Language): string => {
  const daily = isDaily(series);
  const [start, end] = [series.startMs[index] ?? 0, series.endMs[index] ?? 0];
  const from = instantText(start, series, language);
  const to = instantText(end - 1, series, language);
  const when = daily && from !== to ? `${from} – ${to}` : from;
  const power = formatNumber(series.meanKw[index] ?? 0, language);
  const perDay = formatNumber(24 * (series.meanKw[index] ?? 0), language);
  const readings = series.readings[index] ?? 0;
  const peak =
    readings > 1
      ? {
          fr: `, pointe ${formatNumber(series.highKw[index] ?? 0, 'fr')} kW`,
          en: `, peak ${formatNumber(series.highKw[index] ?? 0, 'en')} kW`,
        }
      : { fr: '', en: '' };
  const marks = marksAt(series, index).map((mark) => mark[language]);
  const doubt =
    marks.length === 0
      ? ''
      : language === 'fr'
        ? ` ; douteux : ${marks.join(', ')}`
        : `; doubtful: ${marks.join(', ')}`;
  const value = daily
    ? { fr: `${perDay} kWh par jour`, en: `${perDay} kWh a day` }
    : { fr: `${power} kW`, en: `${power} kW` };
  return `${when}${language === 'fr' ? ' : ' : ': '}${value[language]}${peak[language]}${doubt}`;
};

/** The columns of the picture, a null wherever nothing was read between two points. */
const picture = (
  series: MeterSeries,
): { xs: number[]; columns: ChartColumn[]; source: number[]; stops: number[] } => {
  const scale = isDaily(series) ? 24 : 1;
  const doubtful = new Set(series.marks.flatMap(({ at }) => at));
  const xs: number[] = [];
  const values: (number | null)[] = [];
  const rings: (number | null)[] = [];
  /** The point of the series that each point of the picture stands for. */
  const source: number[] = [];
  const push = (ms: number, value: number | null, ring: boolean, index: number): void => {
    xs.push(ms / 1000);
    values.push(value);
    rings.push(ring ? value : null);
    source.push(index);
  };
  for (const [index, start] of series.startMs.entries()) {
    const end = series.endMs[index] ?? start;
    const value = scale * (series.meanKw[index] ?? 0);
    push(start, value, doubtful.has(index), index);
    const next = series.startMs[index + 1];
    if (next === undefined) push(end - 1, value, false, index);
    else if (next - end > 0.5 * (end - start)) push(end, null, false, index);
  }
  return {
    xs,
    columns: [
      { values, kind: 'steps', ink: 'accent' },
      { values: rings, kind: 'rings', ink: 'after' },
    ],
    source,
    stops: source.flatMap((reading, index) => (reading === source[index - 1] ? [] : [index])),
  };
};

/** The readings at any zoom; the days shown stand in the address, so that going back undoes a zoom. */
export const ReadingsSection = ({ meter, buildingId, from, to }: SectionProps) => {
  const t = useText();
  const query = {
    points: POINTS,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
  const series = useSteadyResource('GET /v1/meters/{id}/series', { path: { id: meter.id }, query });
  return (
    <section aria-labelledby="readings">
      <h2 id="readings">{t({ fr: 'Les relevés', en: 'The readings' })}</h2>
      <Pending loaded={series}>
        {(value) => (
          <Readings
            series={value}
            window={windowOf(from, to, value.held)}
            go={(move) => {
              // From where the address is: a second press may come before the first is drawn.
              const asked = daysAsked() ?? { from, to };
              const window = windowOf(asked.from, asked.to, value.held);
              if (window !== null) location.hash = metersHref(buildingId, meter.id, move(window) ?? {});
            }}
          />
        )}
      </Pending>
    </section>
  );
};

type ReadingsProps = {
  readonly series: MeterSeries;
  readonly window: Window | null;
  /** Moves the window from where it is; to null, it shows everything. */
  readonly go: (move: (window: Window) => Window | null) => void;
};

const Readings = ({ series, window, go }: ReadingsProps) => {
  const t = useText();
  const language = useLanguage();
  const { xs, columns, source, stops } = useMemo(() => picture(series), [series]);
  const held = series.held;
  if (held === null || window === null) return null;
  const total = series.kwh.reduce((sum, kwh) => sum + kwh, 0);
  const doubtful = new Set(series.marks.flatMap(({ at }) => at)).size;
  const summary = t({
    fr: `Relevés ${stepText[series.step].fr} : ${series.startMs.length} points, ${formatNumber(total, 'fr')} kWh en tout${doubtful > 0 ? `, ${doubtful} avec un relevé douteux (cercles)` : ', aucun douteux'}.`,
    en: `Readings ${stepText[series.step].en}: ${series.startMs.length} points, ${formatNumber(total, 'en')} kWh in all${doubtful > 0 ? `, ${doubtful} with a doubtful reading (rings)` : ', none doubtful'}.`,
  });
  return (
    <figure class="plot wide">
      <ZoomBar window={window} held={held} go={go} />
      {series.startMs.length === 0 ? (
        <p class="not-evaluated block">
          {t({ fr: 'Aucun relevé sur ces jours.', en: 'No reading on these days.' })}
        </p>
      ) : (
        <Lazy
          load={loadTimeChart}
          label={summary}
          xs={xs}
          stops={stops}
          columns={columns}
          unit={isDaily(series) ? t({ fr: 'kWh par jour', en: 'kWh a day' }) : 'kW'}
          timezone={series.timezone}
          describe={(index: number) => pointText(series, source[index] ?? 0, language)}
          onZoom={(fromS: number, toS: number) =>
            go(() => ({
              from: localDayOf(fromS * 1000, series.timezone),
              to: localDayOf(toS * 1000, series.timezone),
            }))
          }
        />
      )}
      <figcaption aria-live="polite">{summary}</figcaption>
      <SeriesTable series={series} />
    </figure>
  );
};

const ZoomBar = ({
  window,
  held,
  go,
}: {
  readonly window: Window;
  readonly held: Window;
  readonly go: ReadingsProps['go'];
}) => {
  const t = useText();
  const moves: readonly { readonly name: Text; readonly move: (window: Window) => Window | null }[] = [
    { name: { fr: 'Plus près', en: 'Closer' }, move: narrower },
    { name: { fr: 'Plus loin', en: 'Farther' }, move: (from) => wider(from, held) },
    { name: { fr: 'Avant', en: 'Earlier' }, move: (from) => earlier(from, held) },
    { name: { fr: 'Après', en: 'Later' }, move: (from) => later(from, held) },
    { name: { fr: 'Tout', en: 'All' }, move: () => null },
  ];
  const day = (which: 'from' | 'to', text: Text) => (
    <label class="labelled">
      {t(text)}
      <input
        class="field"
        type="date"
        value={window[which]}
        min={held.from}
        max={held.to}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          if (chosen === '') return;
          go((shown) => {
            const next = { ...shown, [which]: chosen };
            return next.from <= next.to ? next : shown;
          });
        }}
      />
    </label>
  );
  return (
    <div class="zoom-bar print-hidden">
      {day('from', { fr: 'Du', en: 'From' })}
      {day('to', { fr: 'Au', en: 'To' })}
      {moves.map(({ name, move }) => (
        <button key={name.en} type="button" class="plain" onClick={() => go(move)}>
          {t(name)}
        </button>
      ))}
    </div>
  );
};

/** Rows read in one go; more wait for a closer zoom. */
const MOST_ROWS = 200;

const SeriesTable = ({ series }: { readonly series: MeterSeries }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <Folded summary={t(words.table)}>
      {() => (
        <>
          {series.startMs.length > MOST_ROWS && (
            <p class="quiet">
              {t({
                fr: `Les ${MOST_ROWS} premières lignes de ${series.startMs.length} ; rapprochez-vous pour lire la suite.`,
                en: `The first ${MOST_ROWS} rows of ${series.startMs.length}; go closer to read on.`,
              })}
            </p>
          )}
          <table aria-label={t({ fr: 'Les relevés de la courbe', en: 'The readings of the curve' })}>
            <thead>
              <tr>
                <th scope="col">{t({ fr: 'Début', en: 'Start' })}</th>
                <th scope="col" class="number">
                  kWh
                </th>
                <th scope="col" class="number">
                  {t({ fr: 'Relevés', en: 'Readings' })}
                </th>
                <th scope="col">{t({ fr: 'Doute', en: 'Doubt' })}</th>
              </tr>
            </thead>
            <tbody>
              {series.startMs.slice(0, MOST_ROWS).map((start, index) => (
                <tr key={start}>
                  <th scope="row">{instantText(start, series, language)}</th>
                  <td class="number">{formatNumber(series.kwh[index] ?? 0, language)}</td>
                  <td class="number">{series.readings[index]}</td>
                  <td>{marksAt(series, index).map(t).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Folded>
  );
};
