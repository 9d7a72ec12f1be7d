import { fitModel, modelRecord, type RecordSource, type StockDrift } from '#measure/index.ts';
import type { JsonDocument, Meter, StoredModel } from '#store/index.ts';
import { type DayRange, formatDay, formatRange } from '../core/calendar.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { Bills, DailySeries } from '../core/series.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import type { MeterSeries } from './daily-series.ts';
import { hashOfDays } from './data-hash.ts';
import { programVersion } from './version.ts';
import { baselineOf } from './works-periods.ts';

const DAY_MS = 86_400_000;

/** Days as the instants a model's window is kept in. */
export const windowMs = (window: DayRange) => ({
  fromMs: window.from * DAY_MS,
  toMs: (window.to + 1) * DAY_MS,
});

/** Where a fit of a meter comes from, for its record. */
export const sourceOf = (
  meter: Meter,
  { station }: Pick<MeterSeries, 'station'>,
  hash: string,
  ledger: LedgerEntry,
): RecordSource => ({
  dataHash: hash,
  readings: `${meter.id} (${meter.name}, ${meter.carrier})`,
  ...(station === undefined ? {} : { weather: `${station.name} (${station.source})` }),
  version: programVersion,
  ledger,
});

const billsUntil = ({ from, to, energyKwh, estimated }: Bills, last: number): JsonDocument => {
  const count = to.findLastIndex((day) => day <= last) + 1;
  return {
    from: [...from.subarray(0, count)].map(formatDay),
    to: [...to.subarray(0, count)].map(formatDay),
    energyKwh: [...energyKwh.subarray(0, count)],
    estimated: [...estimated.subarray(0, count)],
  };
};

/** The whole series up to the end of a baseline: earlier years are in it, for the drift is learnt from them. */
const evidenceOf = (
  series: DailySeries,
  window: DayRange,
  hash: string,
  stockDrift: StockDrift | undefined,
): JsonDocument => {
  const kept = (column: Float64Array): (number | null)[] =>
    Array.from(column.subarray(0, window.to - series.firstDay + 1), (value) =>
      Number.isFinite(value) ? value : null,
    );
  return {
    schema: 'stacoptim.baseline-evidence/1',
    timezone: series.timezone,
    firstDay: formatDay(series.firstDay),
    baseline: { from: formatDay(window.from), to: formatDay(window.to) },
    holidays: 'FR',
    zeros: 'auto',
    program: programVersion,
    dataHash: hash,
    energyKwh: kept(series.energyKwh),
    outdoorC: kept(series.outdoorC),
    ghiWm2: series.ghiWm2 === undefined ? null : kept(series.ghiWm2),
    ...(series.closures === undefined ? {} : { closures: series.closures.map(formatRange) }),
    stockDrift: stockDrift ?? null,
    ...(series.bills === undefined ? {} : { bills: billsUntil(series.bills, window.to) }),
    confirmed: series.confirmed === undefined ? null : kept(Float64Array.from(series.confirmed)),
  };
};

/** Whether any day of a window has a temperature. */
const knowsWeather = ({ outdoorC, firstDay }: DailySeries, { from, to }: DayRange): boolean =>
  outdoorC.subarray(Math.max(0, from - firstDay), Math.max(0, to - firstDay + 1)).some(Number.isFinite);

/**
 * Freezes the baseline of each works of a meter that has started, once, with the days it was fitted on: what judges
 * the works is never refitted (promise P3), and can be computed again from what is kept. One without any temperature
 * could never be corrected for weather: it waits until its weather is known. `frozen` are the baselines the meter has.
 */
export const freezeBaselines = async (
  context: AppContext,
  meter: Meter,
  read: Pick<MeterSeries, 'series' | 'station'>,
  { frozen, stockDrift }: { readonly frozen: readonly StoredModel[]; readonly stockDrift: StockDrift },
): Promise<void> => {
  const { store } = context;
  const { series } = read;
  const today = formatDay(Math.floor(context.nowMs() / DAY_MS));
  const all = await store.works.list(meter.buildingId);
  for (const works of all) {
    const window = baselineOf(series, works, all);
    const { toMs } = windowMs(window);
    if (works.startDay > today || frozen.some((model) => model.window.toMs === toMs)) continue;
    if (!knowsWeather(series, window)) continue;
    const end = context.startLedger('baseline');
    const fitted = fitModel(series, { baseline: window, holidays: 'FR', stockDrift, clock: cpuClockMs });
    if (!fitted.ok) continue;
    const entry = end();
    const source = sourceOf(meter, read, hashOfDays(series, window), entry);
    await store.models.freeze(
      {
        meterId: meter.id,
        record: modelRecord(fitted.value, source),
        dataHash: source.dataHash,
        window: windowMs(window),
      },
      { worksId: works.id, document: evidenceOf(series, window, source.dataHash, stockDrift) },
    );
    await store.ledger.add({ ...entry, buildingId: meter.buildingId });
  }
};
