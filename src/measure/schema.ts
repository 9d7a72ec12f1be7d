import { z } from 'zod';
import { provenances } from '#core/quantity.ts';
import { hourlyKinds } from '#core/regression/hourly/index.ts';
import { modelKinds } from '#core/regression/index.ts';

const range = z.string().regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/);

const figure = z.number();
/** Null where the figure does not exist: no reading, no clock, nothing saved. */
const perhaps = figure.nullable();

const quantity = z.strictObject({
  value: figure,
  unit: z.string(),
  low: figure,
  high: figure,
  level: figure,
  provenance: z.enum(provenances),
  basis: z.string(),
});

const finding = z.strictObject({ code: z.string(), message: z.string(), ref: z.string().optional() });
const reason = z.strictObject({ code: z.string(), message: z.string() });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const ledger = z.strictObject({
  work: z.string(),
  wallMs: figure,
  cpuMs: figure,
  peakRssMb: figure,
  energyJ: quantity,
});

const modelShape = {
  schema: z.literal('stacoptim.model/1'),
  kind: z.enum([...modelKinds, ...hourlyKinds]),
  /** What `metrics` and `outOfSample` count: days or hours. `rows` are days either way. */
  resolution: z.enum(['daily', 'hourly']),
  baseline: range,
  parameters: z.record(z.string(), quantity),
  metrics: z.strictObject({
    n: z.number().int(),
    p: z.number().int(),
    cvRmse: figure,
    nmbe: figure,
    r2: figure,
    autocorrelation: figure,
  }),
  candidates: z.array(
    z.strictObject({
      kind: z.enum([...modelKinds, ...hourlyKinds]),
      score: perhaps,
      energyJ: perhaps,
      chosen: z.boolean(),
    }),
  ),
  warnings: z.array(finding),
  disqualified: z.array(reason),
  outOfSample: z.strictObject({ n: z.number().int(), cvRmse: perhaps, nmbe: perhaps }).nullable(),
  predicted: quantity,
};

/** What `stacoptim fit --json` prints; published as docs/schemas/model-1.schema.json. */
export const modelJsonSchema = z.strictObject({
  ...modelShape,
  rows: z.array(z.strictObject({ date: day, actual: perhaps, predicted: figure, low: figure, high: figure })),
  ledger: ledger.optional(),
});
export type ModelJson = z.infer<typeof modelJsonSchema>;

/** What `stacoptim measure --json` prints; published as docs/schemas/savings-1.schema.json. */
export const savingsJsonSchema = z.strictObject({
  schema: z.literal('stacoptim.savings/1'),
  status: z.enum(['final', 'provisional', 'disqualified']),
  savings: quantity,
  savingsShare: quantity,
  counterfactual: quantity,
  actualKwh: figure,
  validDays: z.number().int(),
  ashrae14: z.strictObject({ fsuPercent: perhaps, confidence: figure }),
  nonRoutine: z.array(z.strictObject({ code: z.string(), from: day, to: day, message: z.string() })),
  warnings: z.array(finding),
  disqualified: z.array(reason),
  model: z.strictObject(modelShape),
  ledger: ledger.optional(),
});
export type SavingsJson = z.infer<typeof savingsJsonSchema>;
