import { z } from 'zod';
import { type DayRange, formatRange, holidayCountries, parseRange } from '#core/calendar.ts';
import { cpuEnergyJ, type LedgerEntry } from '#core/ledger.ts';
import { provenances } from '#core/quantity.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { FitOutcome, HourlyFitOutcome } from './types.ts';

const text = z.strictObject({ fr: z.string(), en: z.string() });
const perhaps = z.number().nullable();
const range = z.string().regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/);
const quantity = z.strictObject({
  value: z.number(),
  unit: z.string(),
  low: z.number(),
  high: z.number(),
  level: z.number(),
  provenance: z.enum(provenances),
  basis: z.string(),
});
const reason = z.object({ code: z.string(), message: text });
const goodness = z.object({
  n: z.number(),
  p: z.number(),
  cvRmse: perhaps,
  nmbe: perhaps,
  r2: perhaps,
});

/** Kinds are open: a record names a model that a later version may no longer fit, and still loads. */
const model = z.looseObject({ kind: z.string() });

/** First version, written until 0.1.0; kept to be read. */
const modelRecord1Schema = z.looseObject({
  schema: z.literal('stacoptim.model-record/1'),
  baseline: z.looseObject({
    kind: z.string(),
    baseline: z.object({ from: z.number().int(), to: z.number().int() }),
    holidays: z.enum(holidayCountries),
    noise: z.object({ autocorrelation: z.number() }).loose(),
    metrics: goodness,
  }),
  parameters: z.record(z.string(), quantity),
  candidates: z.array(
    z.object({ kind: z.string(), score: perhaps, cpuMs: perhaps, chosen: z.boolean() }).loose(),
  ),
  signature: z.looseObject({}).nullable(),
  disqualified: z.array(reason),
  dataHash: z.string(),
});

/** A trained model with all that led to it; published as docs/schemas/model-record-2.schema.json. */
export const modelRecordSchema = z.strictObject({
  schema: z.literal('stacoptim.model-record/2'),
  resolution: z.enum(['daily', 'hourly', 'bills']),
  data: z.strictObject({
    window: range,
    /** SHA-256 of the window, energy and temperature the fit saw. */
    hash: z.string(),
    /** Where readings and weather come from, in words; null where the record is older than this field. */
    readings: z.string().nullable(),
    weather: z.string().nullable(),
    holidays: z.enum(holidayCountries),
    /** Days a person gave as closed; absent where there were none. */
    closures: z.array(range).optional(),
  }),
  /** Coefficients, change points or net weights, residual scatter, covariance and drift: what predicting again needs. */
  model,
  parameters: z.record(z.string(), quantity),
  candidates: z.array(
    z.strictObject({
      kind: z.string(),
      /** CV(RMSE) of what was left out, %. */
      score: perhaps,
      cpuMs: perhaps,
      energyJ: quantity.nullable(),
      /** Points of score below the best of the simpler candidates; negative when it is worse. */
      gainPoints: perhaps,
      chosen: z.boolean(),
    }),
  ),
  diagnostics: z.strictObject({
    n: z.number().int(),
    p: z.number().int(),
    cvRmse: perhaps,
    nmbe: perhaps,
    r2: perhaps,
    autocorrelation: z.number(),
    /** Share of the fit's own days inside their 90 % interval; null where it was not looked at. */
    coverage90: perhaps,
  }),
  signature: z.looseObject({}).nullable(),
  warnings: z.array(reason),
  disqualified: z.array(reason),
  code: z.strictObject({ name: z.literal('stacoptim'), version: z.string().nullable() }),
  /** Seed of what was drawn at random; null where nothing was. */
  seed: z.number().int().nullable(),
  ledger: z
    .strictObject({
      work: z.string(),
      wallMs: z.number(),
      cpuMs: z.number(),
      peakRssMb: z.number(),
      energyJ: quantity,
    })
    .nullable(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const candidatesOf = (
  scores: readonly {
    readonly kind: string;
    readonly score: number | null;
    readonly cpuMs: number | null;
    readonly chosen: boolean;
  }[],
): ModelRecord['candidates'] => {
  let best = Number.POSITIVE_INFINITY;
  return scores.map(({ kind, score, cpuMs, chosen }) => {
    const known = score !== null && Number.isFinite(score);
    const gainPoints = known && Number.isFinite(best) ? best - score : null;
    if (known) best = Math.min(best, score);
    const cost = cpuMs === null || !Number.isFinite(cpuMs) ? null : cpuMs;
    return {
      kind,
      score: known ? score : null,
      cpuMs: cost,
      energyJ: cost === null ? null : { ...cpuEnergyJ(cost) },
      gainPoints,
      chosen,
    };
  });
};

const coverageOf = ({ rows }: Pick<FitOutcome, 'rows'>): number | null => {
  const judged = rows.filter(({ actual }) => Number.isFinite(actual));
  return judged.length === 0
    ? null
    : judged.filter(({ actual, low, high }) => actual >= low && actual <= high).length / judged.length;
};

/** Where a fit's data and program come from; the stage knows neither file, station, clock nor version. */
export type RecordSource = {
  readonly dataHash: string;
  readonly readings: string;
  readonly weather?: string;
  readonly version: string;
  readonly ledger: LedgerEntry;
};

/** What a model record keeps: enough to predict with it again, to audit it, and to say what it cost. */
export const modelRecord = (fit: FitOutcome | HourlyFitOutcome, source: RecordSource): ModelRecord => {
  const { baseline, holidays, closures, metrics, ...coefficients } = fit.model;
  const hourly = 'profile' in fit.model;
  return {
    schema: 'stacoptim.model-record/2',
    resolution: hourly ? 'hourly' : 'bills' in fit.model && fit.model.bills !== undefined ? 'bills' : 'daily',
    data: {
      window: formatRange(baseline),
      hash: source.dataHash,
      readings: source.readings,
      weather: source.weather ?? null,
      holidays,
      ...(closures === undefined ? {} : { closures: closures.map(formatRange) }),
    },
    model: coefficients,
    parameters: { ...fit.parameters },
    candidates: candidatesOf(fit.candidates),
    diagnostics: {
      n: metrics.n,
      p: metrics.p,
      cvRmse: finite(metrics.cvRmse),
      nmbe: finite(metrics.nmbe),
      r2: finite(metrics.r2),
      autocorrelation: fit.model.noise.autocorrelation,
      coverage90: coverageOf(fit),
    },
    signature: 'signature' in fit && fit.signature !== undefined ? fit.signature : null,
    warnings: fit.warnings.map(({ code, message }) => ({ code, message: { ...message } })),
    disqualified: fit.disqualified.map(({ code, message }) => ({ code, message: { ...message } })),
    code: { name: 'stacoptim', version: source.version },
    seed: 'net' in fit.model && fit.model.net !== undefined ? fit.model.net.seed : null,
    ledger: { ...source.ledger, energyJ: { ...source.ledger.energyJ } },
  };
};

const fromFirst = (old: z.infer<typeof modelRecord1Schema>): ModelRecord => {
  const { baseline, holidays, metrics, ...coefficients } = old.baseline;
  return {
    schema: 'stacoptim.model-record/2',
    resolution: 'daily',
    data: { window: formatRange(baseline), hash: old.dataHash, readings: null, weather: null, holidays },
    model: coefficients,
    parameters: old.parameters,
    candidates: candidatesOf(old.candidates),
    diagnostics: {
      n: metrics.n,
      p: metrics.p,
      cvRmse: metrics.cvRmse,
      nmbe: metrics.nmbe,
      r2: metrics.r2,
      autocorrelation: old.baseline.noise.autocorrelation,
      coverage90: null,
    },
    signature: old.signature,
    warnings: [],
    disqualified: old.disqualified,
    code: { name: 'stacoptim', version: null },
    seed: null,
    ledger: null,
  };
};

/**
 * Reads a record of any version ever written, as the newest one; what an old version did not keep is null. Fails with
 * `model-record-unknown` on anything else.
 */
export const readModelRecord = (json: unknown): Result<ModelRecord> => {
  const newest = modelRecordSchema.safeParse(json);
  if (newest.success) return ok(newest.data);
  const first = modelRecord1Schema.safeParse(json);
  if (first.success) return ok(fromFirst(first.data));
  return failure(
    'model-record-unknown',
    'Ce modèle enregistré n’a pas un format connu de cette version. Réapprenez le modèle, ou mettez Stacoptim à jour.',
    'This model record is of no format this version knows. Retrain the model, or update Stacoptim.',
  );
};

/** The days a record was fitted on. */
export const recordWindow = ({ data }: ModelRecord): DayRange => {
  const window = parseRange(data.window);
  if (!window.ok) throw new Error('A valid record has a valid window');
  return window.value;
};
