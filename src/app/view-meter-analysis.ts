import { type BaseLoad, degreeDayMonths, fitModel, type FitOutcome } from '#measure/index.ts';
import type { Meter, Works } from '#store/index.ts';
import { type DayRange, formatDay, parseDay } from '../core/calendar.ts';
import type { Message } from '../core/message.ts';
import { Z90 } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import { buildingState, lastYear, measuresNamed, type Phase } from './building-state.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries, rangeOf } from './daily-series.ts';
import { hashOfDays } from './data-hash.ts';
import { longWeather } from './long-weather.ts';
import { meterFor } from './meter-access.ts';
import type { MeterAnalysis } from './meter-views.ts';
import type { Role } from './privacy.ts';
import { remembering } from './remembering.ts';
import { stockDriftWithout } from './stock-drift.ts';
import { usableFit } from './view-stock.ts';
import { signatureOf } from './view-signature.ts';

/** About a hundred kilobytes each. */
const fits = remembering<Result<FitOutcome>>(100);

type Lines = {
  readonly series: DailySeries;
  readonly works: readonly Works[];
  readonly before: Pick<Phase, 'fit' | 'unfitted'>;
  readonly now: Pick<Phase, 'fit' | 'unfitted'>;
  /** The year the residuals are judged by. */
  readonly baseline: DayRange;
};

/** The model of a year, over every day there is; remembered by the days it follows from. */
const fitOver = async (
  context: AppContext,
  buildingId: string,
  series: DailySeries,
  baseline: DayRange,
): Promise<Result<FitOutcome>> => {
  const stockDrift = await stockDriftWithout(context, buildingId);
  const whole = rangeOf(series);
  const key = JSON.stringify([hashOfDays(series, whole), baseline, stockDrift]);
  const end = context.startLedger('fit');
  let computed = false;
  const fit = fits(key, () => {
    computed = true;
    return fitModel(series, { baseline, predict: whole, holidays: 'FR', stockDrift, clock: cpuClockMs });
  });
  if (computed) await context.store.ledger.add({ ...end(), buildingId });
  return fit;
};

/** The lines of a meter: those of the building's twin where its series is the building's, else of its own last year. */
const linesOf = async (context: AppContext, meter: Meter, series: DailySeries): Promise<Lines> => {
  const state = await buildingState(context, meter.buildingId);
  if (state.ok && state.value.meter?.id === meter.id && state.value.series !== undefined) {
    const { works, before, now } = state.value;
    return { series: state.value.series, works, before, now, baseline: before.window };
  }
  const baseline = lastYear(series);
  const fitted = await fitOver(context, meter.buildingId, series, baseline);
  const own = fitted.ok ? { fit: fitted.value } : { unfitted: fitted.error };
  const works = await context.store.works.list(meter.buildingId);
  return { series, works, before: own, now: own, baseline };
};

const baseLoadOf = ({ fit }: Pick<Phase, 'fit'>): BaseLoad | undefined => {
  const line = fit?.signature;
  if (line === undefined) return undefined;
  const half = Z90 * Math.sqrt(Math.max(0, line.covariance[0][0]));
  return { value: line.baseKwhDay, low: line.baseKwhDay - half, high: line.baseKwhDay + half };
};

const whole = (value: number): number => Math.round(value * 10) / 10;

const residualsOf = ({ rows }: FitOutcome, baseline: DayRange): MeterAnalysis['residuals'] => {
  const known = rows.filter(({ actual }) => Number.isFinite(actual));
  const [first] = known;
  if (first === undefined) return null;
  return {
    baseline: { from: formatDay(baseline.from), to: formatDay(baseline.to) },
    firstDay: formatDay(first.day),
    offset: known.map(({ day }) => day - first.day),
    days: known.some(({ days }) => days !== undefined) ? known.map(({ days = 1 }) => days) : null,
    actualKwh: known.map(({ actual, days = 1 }) => whole(actual / days)),
    predictedKwh: known.map(({ predicted, days = 1 }) => whole(predicted / days)),
    lowKwh: known.map(({ low, days = 1 }) => whole(low / days)),
    highKwh: known.map(({ high, days = 1 }) => whole(high / days)),
  };
};

const worksNamed = ({ measures }: Works): Message => {
  const names = measuresNamed(measures).map(({ name }) => name);
  return { fr: names.map(({ fr }) => fr).join(' + '), en: names.map(({ en }) => en).join(' + ') };
};

const degreeDaysOf = async (
  context: AppContext,
  meter: Meter,
  { series, works, before, now }: Lines,
): Promise<MeterAnalysis['degreeDays']> => {
  // Months are summed from days: bills alone have none.
  if (!series.outdoorC.some((value, i) => Number.isFinite(value) && Number.isFinite(series.energyKwh[i])))
    return null;
  const worksEnd = now === before ? Number.POSITIVE_INFINITY : (parseDay(works.at(-1)?.endDay ?? '') ?? 0);
  const [old, current] = [baseLoadOf(before), baseLoadOf(now)];
  const weather = await longWeather(context.store, meter.buildingId, series);
  const { baseC, months, years, referenceYears } = degreeDayMonths(series, weather, (day) =>
    day > worksEnd ? (current ?? old) : old,
  );
  return {
    baseC,
    referenceYears,
    months: months.map(({ from, to: _to, ...month }) => ({
      ...month,
      month: formatDay(from).slice(0, 7),
      referenceDegreeDays: month.referenceDegreeDays ?? null,
      normalisedKwh: month.normalisedKwh ?? null,
    })),
    years: years.map((year) => ({ ...year, normalisedKwh: year.normalisedKwh ?? null })),
  };
};

/**
 * What a meter teaches against the weather: its signature, each day against the model of a year, and its months and years brought
 * to mean weather. What cannot be said is null, the reason in `missing`. Fails with `unknown-meter`, `personal-data`.
 */
export const viewMeterAnalysis = async (
  context: AppContext,
  meterId: string,
  role: Role,
): Promise<Result<MeterAnalysis>> => {
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
  const nothing = (missing: Message): MeterAnalysis => ({
    meterId,
    signature: null,
    missing,
    told: [],
    usable: false,
    residuals: null,
    works: [],
    degreeDays: null,
  });
  const read = await meterSeries(context.store, meter.value);
  if (read === undefined)
    return ok(
      nothing({
        fr: 'Ce compteur n’a pas encore de relevés : ajoutez-en un fichier.',
        en: 'This meter has no readings yet: add a file of them.',
      }),
    );
  if (!read.ok) return ok(nothing(read.error.message));
  const lines = await linesOf(context, meter.value, read.value.series);
  const { series, works, before, now, baseline } = lines;
  const signature = signatureOf({ meterId, series, before, now, works });
  const over = signature.ok ? await fitOver(context, meter.value.buildingId, series, baseline) : undefined;
  return ok({
    meterId,
    signature: signature.ok ? signature.value : null,
    missing: signature.ok ? null : signature.error.message,
    told: [...read.value.warnings, ...((now.fit ?? before.fit)?.warnings ?? [])].map(({ code, message }) => ({
      code,
      message,
    })),
    usable: now.fit !== undefined && usableFit(now.fit),
    residuals: over?.ok === true ? residualsOf(over.value, baseline) : null,
    works: works.map((one) => ({ id: one.id, from: one.startDay, to: one.endDay, name: worksNamed(one) })),
    degreeDays: await degreeDaysOf(context, meter.value, lines),
  });
};
