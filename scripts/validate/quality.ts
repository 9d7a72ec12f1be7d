import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures/figure.ts';
import type { DailySeries, Readings } from '../../src/core/series.ts';
import { openZone } from '../../src/core/timezone.ts';
import { toDailyWeather } from '../../src/core/weather/daily-weather.ts';
import type { DailyWeather } from '../../src/core/weather/weather.ts';
import { readReadingsCsv } from '../../src/formats/readings-csv/index.ts';
import { readWeatherCsv } from '../../src/formats/weather-csv/index.ts';
import { coldDayC, type Finding, qualityFindings, toDaily } from '../../src/measure/index.ts';

type Meter = { readonly name: string; readonly readings: Readings; readonly series: DailySeries };

const command = 'npm run validate -- --corpus DIR --only meters';
const withinDays = 31;

const openMeter = (
  path: string,
  name: string,
  weather: DailyWeather | undefined,
  valueColumn?: string,
): Meter | undefined => {
  const readings = readReadingsCsv(
    name,
    readFileSync(path),
    valueColumn === undefined ? {} : { valueColumn },
  );
  if (!readings.ok) return undefined;
  const daily = toDaily(readings.value, weather === undefined ? {} : { weather });
  return daily.ok ? { name, readings: readings.value, series: daily.value.series } : undefined;
};

const cambridgeWeather = (corpus: string): DailyWeather | undefined => {
  const folder = join(corpus, 'weather');
  const name = readdirSync(folder).find((one) => /^cambridge.*hourly.*\.csv(\.gz)?$/.test(one));
  if (name === undefined) return undefined;
  const read = readWeatherCsv(name, readFileSync(join(folder, name)));
  if (!read.ok) return undefined;
  const zone = openZone(read.value.weather.timezone);
  return zone.ok ? toDailyWeather(read.value.weather, zone.value) : undefined;
};

const breaksOf = (meter: Meter): Finding[] =>
  qualityFindings(meter.readings, meter.series).filter((one) => one.code === 'unit-break');

/** Factors of units confused in practice, either way; every meter gets each of them. */
const confusions = [1 / 11.2, 11.2, 35.315, 1 / 31.4, 1000, 0.001, 10];
/** kWh read as MJ: looked for only where every season agrees, so that savings are not taken for it. */
const smallConfusions = [3.6, 1 / 3.6];

/** A meter without a break, its unit changed from a date on. */
const broken = (meter: Meter, day: number, factor: number): Meter => {
  const change = (values: Float64Array, isAfter: (index: number) => boolean): Float64Array =>
    values.map((value, index) => (isAfter(index) ? value * factor : value));
  const instant = day * 86_400_000;
  return {
    ...meter,
    readings: {
      ...meter.readings,
      energyKwh: change(meter.readings.energyKwh, (index) => meter.readings.startMs[index] >= instant),
    },
    series: {
      ...meter.series,
      energyKwh: change(meter.series.energyKwh, (index) => meter.series.firstDay + index >= day),
    },
  };
};

const row = (
  id: string,
  metric: string,
  value: number | null,
  unit: string,
  goal: string,
  holds: boolean | null,
  n: number,
): Figure => ({
  id: `quality.${id}`,
  metric,
  value,
  unit,
  goal,
  holds,
  n,
  command,
});

const injectedRow = (
  id: string,
  metric: string,
  meters: readonly Meter[],
  factors: readonly number[],
  goalPercent: number | undefined,
): Figure => {
  let [found, tried] = [0, 0];
  for (const [index, meter] of meters.entries()) {
    const known = meter.series.energyKwh.filter((value) => value > 0).length;
    // Two years at least, and none of the meters that have a break of their own.
    if (known < 730 || breaksOf(meter).length > 0) continue;
    const first = meter.series.energyKwh.findIndex((value) => value > 0);
    const last = meter.series.energyKwh.findLastIndex((value) => value > 0);
    // A date between a third and two thirds of the series, different for each meter.
    let at = Math.round(first + (last - first) * (1 / 3 + ((index * 0.618) % 1) / 3));
    // No method can date a change inside a silence: move to the next day of use.
    while (at < last && !(meter.series.energyKwh[at] > 0)) at++;
    const day = meter.series.firstDay + at;
    for (const factor of factors) {
      tried++;
      const dated = breaksOf(broken(meter, day, factor));
      if (dated.length === 1 && Math.abs(dated[0].from - day) <= withinDays) found++;
    }
  }
  const share = tried === 0 ? null : (100 * found) / tried;
  return row(
    id,
    metric,
    share,
    '%',
    goalPercent === undefined ? 'reported' : `>= ${goalPercent}`,
    share === null || goalPercent === undefined ? null : share >= goalPercent,
    tried,
  );
};

const zeroRow = (meters: readonly Meter[]): Figure => {
  let [zeros, flagged] = [0, 0];
  for (const { readings, series } of meters) {
    if (!series.energyKwh.some((value, slot) => value > 0 && series.outdoorC[slot] < coldDayC)) continue;
    const runs = qualityFindings(readings, series).filter((one) => one.code === 'zero-as-missing');
    for (let slot = 0; slot < series.energyKwh.length; slot++) {
      if (series.energyKwh[slot] !== 0 || !(series.outdoorC[slot] < coldDayC)) continue;
      zeros++;
      const day = series.firstDay + slot;
      if (runs.some((one) => one.from <= day && day <= one.to)) flagged++;
    }
  }
  const share = zeros === 0 ? null : (100 * flagged) / zeros;
  return row(
    'zeros-in-heating-season',
    'zero gas days below 10 °C flagged as missing',
    share,
    '%',
    '100',
    share === null ? null : share === 100,
    zeros,
  );
};

const markedMeters = (corpus: string): string[] => {
  const [header = '', ...lines] = readFileSync(join(corpus, 'meters', 'cambridge', '_meters.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  const [name, mark] = [names.indexOf('building'), names.findIndex((one) => one.startsWith('unit_break'))];
  return lines
    .map((line) => line.split(','))
    .flatMap((cells) => (cells[mark] === 'True' ? [cells[name]] : []));
};

/**
 * Quality findings on real meters: changes of unit put in at known dates, the meters the archive marks as broken, no
 * break told on the synthetic samples, zeros of the heating season. A part that is absent gives no row.
 */
export const validateQuality = (corpusDir: string): Promise<Figure[]> => {
  const rows: Figure[] = [];
  const folder = join(corpusDir, 'meters', 'cambridge');
  const weather = cambridgeWeather(corpusDir);
  const meters = readdirSync(folder)
    .filter((name) => /^b\d+\.csv(\.gz)?$/.test(name))
    .flatMap((name) => openMeter(join(folder, name), name, weather, 'gas') ?? []);
  rows.push(
    injectedRow(
      'unit-break-injected',
      'unit changes by 10 or more put into real gas meters, dated within 31 days with no other break told',
      meters,
      confusions,
      90,
    ),
    injectedRow(
      'unit-break-injected-small',
      'changes between kWh and MJ put into real gas meters, dated within 31 days with no other break told',
      meters,
      smallConfusions,
      undefined,
    ),
    zeroRow(meters),
  );
  const marked = markedMeters(corpusDir);
  const found = meters.filter(
    (meter) => marked.includes(meter.name.split('.')[0] ?? '') && breaksOf(meter).length > 0,
  );
  rows.push(
    row(
      'unit-break-marked',
      'gas meters the archive marks with a unit break in 2017/18 on which a break is dated',
      found.length,
      'meters',
      `${marked.length}`,
      marked.length === 0 ? null : found.length === marked.length,
      marked.length,
    ),
  );
  const samples = join(corpusDir, 'meters', 'eemeter_samples_il');
  const names = readdirSync(samples).filter((name) => /-(daily|hourly)\.csv(\.gz)?$/.test(name));
  const wrong = names.reduce((sum, name) => {
    const meter = openMeter(join(samples, name), name, undefined);
    return sum + (meter === undefined ? 0 : breaksOf(meter).length);
  }, 0);
  rows.push(
    row(
      'unit-break-false',
      'unit breaks told on the synthetic eemeter samples',
      wrong,
      'breaks',
      '0',
      wrong === 0,
      names.length,
    ),
  );
  return Promise.resolve(rows);
};
