import { z } from 'zod';
import type { StockDrift } from '#measure/index.ts';
import { type DayRange, parseDay } from '../core/calendar.ts';
import type { Bills, DailySeries } from '../core/series.ts';
import type { AppContext } from './context.ts';
import { rangeOf } from './daily-series.ts';

const columnSchema = z.array(z.number().nullable());
const daySchema = z.iso.date().transform((text) => parseDay(text) ?? Number.NaN);

/** The days a baseline was frozen with, as `freezeBaselines` wrote them. */
const evidenceSchema = z.object({
  schema: z.literal('stacoptim.baseline-evidence/1'),
  timezone: z.string(),
  firstDay: daySchema,
  baseline: z.object({ from: daySchema, to: daySchema }),
  dataHash: z.string(),
  energyKwh: columnSchema,
  outdoorC: columnSchema,
  ghiWm2: columnSchema.nullable(),
  stockDrift: z.object({ factor: z.number(), years: z.number(), buildings: z.number() }).nullable(),
  confirmed: columnSchema.nullable(),
  bills: z
    .object({
      from: z.array(daySchema),
      to: z.array(daySchema),
      energyKwh: z.array(z.number()),
      estimated: z.array(z.number()),
    })
    .optional(),
});

type Evidence = z.infer<typeof evidenceSchema>;

type FrozenBaseline = {
  readonly modelId: number;
  readonly window: DayRange;
  readonly dataHash: string;
  readonly stockDrift: StockDrift | undefined;
  /** The days as they were frozen up to the baseline's end, then the readings as they stand today. */
  readonly series: DailySeries;
};

/** A column of the frozen days, followed by today's; a day neither knows is NaN. */
const joined = (
  evidence: Evidence,
  frozen: readonly (number | null)[],
  series: DailySeries,
  today: ArrayLike<number> | undefined,
): Float64Array =>
  Float64Array.from({ length: rangeOf(series).to - evidence.firstDay + 1 }, (_, slot) => {
    const day = evidence.firstDay + slot;
    return day <= evidence.baseline.to
      ? (frozen[slot] ?? Number.NaN)
      : (today?.[day - series.firstDay] ?? Number.NaN);
  });

/** The frozen bills, followed by today's of the days since; none where neither has any. */
const joinedBills = (
  { bills: frozen, baseline }: Evidence,
  today: Bills | undefined,
): Pick<DailySeries, 'bills'> => {
  const later = today === undefined ? [] : [...today.from.keys()].filter((i) => today.from[i] > baseline.to);
  if (frozen === undefined && later.length === 0) return {};
  const column = (name: keyof Bills): number[] => [
    ...(frozen?.[name] ?? []),
    ...later.map((i) => today?.[name][i] ?? Number.NaN),
  ];
  return {
    bills: {
      from: Int32Array.from(column('from')),
      to: Int32Array.from(column('to')),
      energyKwh: Float64Array.from(column('energyKwh')),
      estimated: Uint8Array.from(column('estimated')),
    },
  };
};

/**
 * What judges works on a meter: the days kept when their baseline was frozen, not today's readings of them, so that
 * readings corrected, decided or expired since move no savings (promise P3). Undefined where none was frozen with its
 * days. Throws where the store keeps evidence that is none.
 */
export const frozenBaselineOf = async (
  { store }: AppContext,
  meterId: string,
  worksId: string,
  series: DailySeries,
): Promise<FrozenBaseline | undefined> => {
  for (const { id } of await store.models.history(meterId, 'baseline')) {
    const kept = await store.models.evidence(id);
    if (kept?.worksId !== worksId) continue;
    const evidence = evidenceSchema.parse(kept.document);
    const { ghiWm2, confirmed } = evidence;
    return {
      modelId: id,
      window: evidence.baseline,
      dataHash: evidence.dataHash,
      stockDrift: evidence.stockDrift ?? undefined,
      series: {
        timezone: evidence.timezone,
        firstDay: evidence.firstDay,
        energyKwh: joined(evidence, evidence.energyKwh, series, series.energyKwh),
        outdoorC: joined(evidence, evidence.outdoorC, series, series.outdoorC),
        ...joinedBills(evidence, series.bills),
        ...(ghiWm2 === null ? {} : { ghiWm2: joined(evidence, ghiWm2, series, series.ghiWm2) }),
        ...(confirmed === null && series.confirmed === undefined
          ? {}
          : {
              confirmed: Uint8Array.from(
                joined(evidence, confirmed ?? [], series, series.confirmed),
                (value) => (value === 1 ? 1 : 0),
              ),
            }),
      },
    };
  }
  return undefined;
};
