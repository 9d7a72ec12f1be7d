import { readModelRecord } from '#measure/index.ts';
import { energyCarbonG } from '../core/ledger.ts';
import { boundedQuantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { programVersion } from './version.ts';
import type { FrugalityView, LedgerView } from './views.ts';

/** What the tool itself has taken since its database was opened (promise P9). Never fails. */
export const viewLedger = async ({ store }: AppContext): Promise<Result<LedgerView>> => {
  const totals = await store.ledger.total();
  const sum = (pick: (one: (typeof totals)[number]) => number): number =>
    totals.reduce((total, one) => total + pick(one), 0);
  const methods = [...new Set(totals.flatMap((one) => one.methods))];
  const totalJ = boundedQuantity(
    sum((one) => one.energyJ),
    sum((one) => one.lowJ),
    sum((one) => one.highJ),
    'J',
    'computed',
    `Sum of the ledger: ${methods.length === 0 ? 'nothing counted yet' : methods.join('; ')}`,
  );
  return ok({
    totalJ,
    carbonG: energyCarbonG(totalJ),
    byWork: totals.map(({ work, runs, cpuMs, energyJ }) => ({ work, runs, cpuMs, energyJ })),
  });
};

const middleOf = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

/** Records of models are long: those of a large stock do not fit into memory together. */
const METERS_AT_ONCE = 1000;

/**
 * What the justification sheet shows: the ledger, the models in force and the data they stand on. Never fails: a
 * model that can no longer be read is not counted.
 */
export const viewFrugality = async (context: AppContext): Promise<Result<FrugalityView>> => {
  const { store } = context;
  const ledger = await viewLedger(context);
  if (!ledger.ok) return ledger;
  const meters = await store.meters.list();
  let readings = 0;
  const kinds = new Map<string, { parameters: number[]; candidates: number }>();
  for (let from = 0; from < meters.length; from += METERS_AT_ONCE) {
    const ids = meters.slice(from, from + METERS_AT_ONCE).map(({ id }) => id);
    for (const { count } of (await store.readings.extents(ids)).values()) readings += count;
    for (const { record } of await store.models.currentOf(ids)) {
      const read = readModelRecord(record);
      if (!read.ok) continue;
      const { model, diagnostics, candidates } = read.value;
      const { parameters, candidates: most } = kinds.get(model.kind) ?? { parameters: [], candidates: 0 };
      parameters.push(diagnostics.p);
      kinds.set(model.kind, { parameters, candidates: Math.max(most, candidates.length) });
    }
  }
  return ok({
    ledger: ledger.value,
    version: programVersion,
    day: new Date(context.nowMs()).toISOString().slice(0, 10),
    meters: meters.length,
    readings,
    models: [...kinds].map(([kind, { parameters, candidates }]) => ({
      kind,
      meters: parameters.length,
      medianParameters: middleOf(parameters),
      candidates,
    })),
  });
};
