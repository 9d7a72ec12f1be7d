import { quantileSorted } from 'simple-statistics';
import type { FitOutcome } from '#measure/index.ts';
import type { Works } from '#store/index.ts';
import { formatDay, parseDay } from '../core/calendar.ts';
import { cpuEnergyJ } from '../core/ledger.ts';
import { Z90 } from '../core/quantity.ts';
import { fail, type Failure, failure, ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import { buildingState, type Phase } from './building-state.ts';
import type { AppContext } from './context.ts';
import type { SignatureView } from './views.ts';

const GRID_K = 0.5;

/** The heating line of a phase on a grid of outdoor temperatures, with the band that holds 90 % of days. */
const curveOf = (
  period: 'before' | 'after',
  { fit }: Pick<Phase, 'fit'>,
  lowestC: number,
  highestC: number,
): SignatureView['curves'] => {
  const line = fit?.signature;
  if (fit === undefined || line === undefined) return [];
  const meanKwh = meanActual(fit);
  const half = Z90 * (line.metrics.cvRmse / 100) * meanKwh;
  const count = Math.floor((highestC - lowestC) / GRID_K) + 1;
  return [
    {
      period,
      balancePointC: line.balancePointC,
      slopeKwhKDay: line.slopeKwhKDay,
      baseLoadKwhDay: line.baseKwhDay,
      points: Array.from({ length: count }, (_, index) => {
        const outdoorC = lowestC + index * GRID_K;
        const energyKwh = line.baseKwhDay + line.slopeKwhKDay * Math.max(0, line.balancePointC - outdoorC);
        return { outdoorC, energyKwh, lowKwh: Math.max(0, energyKwh - half), highKwh: energyKwh + half };
      }),
    },
  ];
};

/** kWh of the mean day; a bill counts as its own. */
const meanActual = ({ rows }: FitOutcome): number => {
  const known = rows.flatMap(({ actual, days = 1 }) => (Number.isFinite(actual) ? [actual / days] : []));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
};

/** What a signature is drawn from; `now` is `before` itself while no works have ended. */
type SignatureSource = {
  readonly meterId: string;
  readonly series: DailySeries;
  readonly before: Pick<Phase, 'fit' | 'unfitted'>;
  readonly now: Pick<Phase, 'fit' | 'unfitted'>;
  readonly works: readonly Works[];
};

/** The reason of the fit itself, where there was one to make. */
const notEnough = (unfitted?: Failure): Result<never> =>
  unfitted === undefined
    ? failure(
        'not-evaluated',
        'Pas encore assez de relevés pour un modèle : ajoutez-en, ou au moins six factures d’un an ou plus.',
        'Not enough readings for a model yet: add some, or at least six bills of a year or more.',
      )
    : fail({ code: 'not-evaluated', message: unfitted.message });

/** Days left out at both ends of a bill's temperatures. */
const TAIL = 0.05;

/** The bills of a series, each with the temperatures of its days; those without any known are left out. */
const billsOf = (
  { bills, firstDay, outdoorC }: DailySeries,
  periodOf: (first: number, last: number) => SignatureView['points'][number]['period'],
): SignatureView['bills'] =>
  Array.from(bills?.from ?? []).flatMap((from, i): SignatureView['bills'] => {
    const to = bills?.to[i] ?? from;
    const known = [...outdoorC.subarray(from - firstDay, to - firstDay + 1)]
      .filter((value) => Number.isFinite(value))
      .toSorted((left, right) => left - right);
    if (known.length === 0) return [];
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    const energyKwh = bills?.energyKwh[i] ?? Number.NaN;
    return [
      {
        from: formatDay(from),
        to: formatDay(to),
        energyKwh: tenths(energyKwh),
        kwhPerDay: tenths(energyKwh / (to - from + 1)),
        outdoorC: tenths(known.reduce((sum, value) => sum + value, 0) / known.length),
        coldC: tenths(quantileSorted(known, TAIL)),
        warmC: tenths(quantileSorted(known, 1 - TAIL)),
        estimated: bills?.estimated[i] === 1,
        period: periodOf(from, to),
      },
    ];
  });

/** Each day or bill as a point and the fitted lines. Fails with `not-evaluated` without a fit. */
export const signatureOf = ({
  meterId,
  series,
  before,
  now,
  works,
}: SignatureSource): Result<SignatureView> => {
  const shown = now.fit ?? before.fit;
  if (shown === undefined) return notEnough(now.unfitted ?? before.unfitted);
  const last = works.at(-1);
  const start = last === undefined ? Number.POSITIVE_INFINITY : (parseDay(last.startDay) ?? 0);
  const end = last === undefined ? Number.POSITIVE_INFINITY : (parseDay(last.endDay) ?? 0);
  const periodOf = (first: number, to: number) => (to < start ? 'before' : first > end ? 'after' : 'works');
  const points = [...series.energyKwh].flatMap((energyKwh, index): SignatureView['points'] => {
    const outdoorC = series.outdoorC[index] ?? Number.NaN;
    if (!Number.isFinite(energyKwh) || !Number.isFinite(outdoorC)) return [];
    const day = series.firstDay + index;
    const period = periodOf(day, day);
    return [
      {
        day: formatDay(day),
        outdoorC: Math.round(outdoorC * 10) / 10,
        energyKwh: Math.round(energyKwh * 10) / 10,
        period,
      },
    ];
  });
  const bills = billsOf(series, periodOf);
  const temperatures = [
    ...points.map(({ outdoorC }) => outdoorC),
    ...bills.flatMap(({ coldC, warmC }) => [coldC, warmC]),
  ];
  const [lowestC, highestC] = [Math.min(...temperatures), Math.max(...temperatures)];
  const { n, p, cvRmse, nmbe, r2 } = shown.model.metrics;
  return ok({
    meterId,
    points,
    bills,
    curves: [
      ...curveOf('before', before, lowestC, highestC),
      ...(now === before ? [] : curveOf('after', now, lowestC, highestC)),
    ],
    model: {
      kind: shown.model.kind,
      points: shown.model.bills === undefined ? 'days' : 'bills',
      n,
      p,
      cvRmse,
      nmbe,
      r2,
      candidates: shown.candidates.map(({ kind, score, cpuMs, chosen }) => ({
        kind,
        score,
        energyJ: cpuEnergyJ(cpuMs).value,
        chosen,
      })),
    },
    warnings: shown.warnings.map(({ code, message }) => ({ code, message })),
  });
};

/**
 * Consumption of each day against outdoor temperature, with the fitted line before and after the works. Fails as
 * `buildingState`, and with `not-evaluated` while the meter carries no model.
 */
export const viewSignature = async (context: AppContext, id: string): Promise<Result<SignatureView>> => {
  const state = await buildingState(context, id);
  if (!state.ok) return state;
  const { series, meter, group, before, now, works } = state.value;
  const meterId = (meter ?? group)?.id;
  if (series === undefined || meterId === undefined) return notEnough();
  return signatureOf({ meterId, series, before, now, works });
};
