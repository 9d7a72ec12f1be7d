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
  for (const meter of meters) readings += (await store.readings.extent(meter.id))?.count ?? 0;
  const current = await store.models.currentOf(meters.map(({ id }) => id));
  const kinds = new Map<string, { parameters: number; candidates: number }[]>();
  for (const { record } of current) {
    const read = readModelRecord(record);
    if (!read.ok) continue;
    const { model, diagnostics, candidates } = read.value;
    const held = kinds.get(model.kind) ?? [];
    kinds.set(model.kind, [...held, { parameters: diagnostics.p, candidates: candidates.length }]);
  }
  return ok({
    ledger: ledger.value,
    version: programVersion,
    day: new Date(context.nowMs()).toISOString().slice(0, 10),
    meters: meters.length,
    readings,
    models: [...kinds].map(([kind, all]) => ({
      kind,
      meters: all.length,
      medianParameters: middleOf(all.map(({ parameters }) => parameters)),
      candidates: Math.max(...all.map(({ candidates }) => candidates)),
    })),
  });
};
