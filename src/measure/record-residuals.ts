import { z } from 'zod';
import { parseRange, type DayRange } from '#core/calendar.ts';
import { candidateOf, dayFeatures, daySpreadKwh, modelKinds } from '#core/regression/index.ts';
import type { DailySeries } from '#core/series.ts';
import type { ModelRecord } from './model-record.ts';

const dailyModelSchema = z.object({
  kind: z.enum(modelKinds),
  coefficients: z.array(z.number()),
  scaleKwhDay: z.number(),
  nonNegative: z.boolean(),
  noise: z.object({
    rmseKwhDay: z.number(),
    floorKwhDay: z.number(),
    shareOfPrediction: z.number(),
    autocorrelation: z.number(),
    memory: z.number(),
  }),
});

/** One day as a model kept on record expected it, kWh. */
export type ExpectedDay = {
  readonly day: number;
  /** NaN where there is no reading. */
  readonly actual: number;
  readonly predicted: number;
  readonly outdoorC: number;
  /** A public holiday, a closure or the Christmas week: a year holds too few of them for a model to know their habits well. */
  readonly unusual: boolean;
  /** Standard deviation of the day around the prediction. */
  readonly spread: number;
};

/** Days that the smoothed temperatures need to warm up. */
const WARM_UP_DAYS = 60;

const cut = (series: DailySeries, { from, to }: DayRange): DailySeries => {
  const start = Math.max(0, from - WARM_UP_DAYS - series.firstDay);
  const end = Math.max(start, to + 1 - series.firstDay);
  return {
    timezone: series.timezone,
    firstDay: series.firstDay + start,
    energyKwh: series.energyKwh.slice(start, end),
    outdoorC: series.outdoorC.slice(start, end),
    ...(series.ghiWm2 === undefined ? {} : { ghiWm2: series.ghiWm2.slice(start, end) }),
    ...(series.closures === undefined ? {} : { closures: series.closures }),
  };
};

/**
 * The days of a range as a model of days kept on record expects them, without fitting anything; days whose temperature the model
 * needs and nobody knows are left out. Undefined for a record of hours or of a kind that this version does not know.
 */
export const expectedDays = (
  record: ModelRecord,
  series: DailySeries,
  range: DayRange,
): readonly ExpectedDay[] | undefined => {
  if (record.resolution !== 'daily') return undefined;
  const parsed = dailyModelSchema.safeParse(record.model);
  if (!parsed.success) return undefined;
  const { noise, ...model } = parsed.data;
  const candidate = candidateOf(model.kind);
  if (model.coefficients.length !== candidate.parameters) return undefined;
  // The record was fitted with the closures known then; later ones count as any given closure does.
  const kept = (record.data.closures ?? []).flatMap((text) => {
    const closure = parseRange(text);
    return closure.ok ? [closure.value] : [];
  });
  const features = dayFeatures(
    { ...cut(series, range), closures: [...kept, ...(series.closures ?? [])] },
    record.data.holidays,
  );
  const days: ExpectedDay[] = [];
  for (let i = 0; i < features.days; i++) {
    const day = features.firstDay + i;
    if (day < range.from || day > range.to) continue;
    const predicted = candidate.predict(model, features, i);
    if (!Number.isFinite(predicted)) continue;
    days.push({
      day,
      actual: features.energyKwh[i],
      predicted,
      outdoorC: features.outdoorC[i],
      unusual: features.bankHoliday[i] === 1 || features.christmas[i] === 1,
      spread: daySpreadKwh(noise, predicted),
    });
  }
  return days;
};
